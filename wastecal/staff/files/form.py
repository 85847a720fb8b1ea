"""Which deviations are in a file that somebody sends, or in rows that they paste?"""

import tempfile
from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wastecal import words
from wastecal.core.errors import Problem
from wastecal.importing import overrides
from wastecal.importing.files import Unreadable
from wastecal.staff.acts.forms import ActForm
from wastecal.web.frames import Link

SHOWN = 200
"""So many problems are listed; the others are counted."""


class FileForm(ActForm):
    """Rows of deviations as text, with a header; `cleaned_data` has `lines`, and `name`, the file's."""

    rows = forms.CharField(
        label=_("Or paste the rows here"),
        help_text=_("Copy them in Excel, with the line of headings."),
        widget=forms.Textarea,
        required=False,
        strip=False,
    )
    name = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    fault = forms.CharField(required=False, widget=forms.HiddenInput)
    problems: tuple[Problem, ...] = ()

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("fault"):
            self.add_error("rows", said["fault"])
        elif not said.get("rows", "").strip():
            self.add_error("rows", gettext("Choose a file, or paste the rows."))
        else:
            self._read(said)
        return said

    def _read(self, said: dict[str, Any]) -> None:
        try:
            reading = overrides.read(overrides.cells_in(said["rows"]), self.today)
        except Unreadable as error:
            self.add_error("rows", words.fault(error.problem))
            return
        self.problems = reading.problems
        for problem in reading.problems[:SHOWN]:
            self.add_error("rows", words.problem(problem))
        more = len(reading.problems) - SHOWN
        if more > 0:
            self.add_error("rows", gettext("And %(number)d more.") % {"number": more})
        if not reading.lines and not reading.problems:
            self.add_error("rows", gettext("There is no row below the headings."))
        said["lines"] = reading.lines

    def shown(self) -> dict[str, dict[str, Any]]:
        found = super().shown()
        found["rows"]["problems"] = [_told(problem) for problem in self.problems[:SHOWN]]
        found["rows"]["more"] = max(len(self.problems) - SHOWN, 0)
        if self.problems:
            found["rows"]["error"] = gettext("Mend these rows, here or in the file.")
        return found

    def faults(self) -> list[Link]:
        """Where rows have problems the page lists them by row; on top it is said how many there are."""
        if not self.problems:
            return super().faults()
        told = {"number": len(self.problems)}
        return [Link("#problems", gettext("Faults in the rows: %(number)d. They are listed below.") % told)]


def received(request: HttpRequest) -> QueryDict:
    """What a browser sent, with the rows of a chosen file in the place of pasted ones."""
    sent = request.FILES.get("file")
    if not isinstance(sent, UploadedFile):
        return request.POST
    data = request.POST.copy()
    name = Path(sent.name or "").name[:200]
    data.setlist("name", [name])
    try:
        data.setlist("rows", [_text(sent, name)])
    except Unreadable as error:
        data.setlist("fault", [f"{name}: {words.fault(error.problem)}"])
    return data


def _text(sent: "UploadedFile[Any]", name: str) -> str:
    """The rows of a file, refused by its size before any of it is read."""
    if (sent.size or 0) > overrides.MAX_BYTES:
        raise Unreadable(Problem("file_too_large", name, value=str(sent.size)))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sent"
        path.write_bytes(b"".join(sent.chunks()))
        text = overrides.as_text(overrides.cells_of(path))
    if len(text) > overrides.MAX_TEXT:
        raise Unreadable(Problem("file_too_large", name, value=str(len(text))))
    return text


def _told(problem: Problem) -> dict[str, Any]:
    return {"line": problem.line, "column": problem.column, "words": words.fault(problem)}
