"""What can one report, and what is missing in what was sent?"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wastecal.core.rows import Container
from wastecal.reports import Kind
from wastecal.web.fields import Clean, Trapped, near
from wastecal.words import language

LONGEST_ADDRESS = 200
LONGEST_TEXT = 1000
KINDS = {
    Kind.NOT_COLLECTED: _("The container was not emptied"),
    Kind.WRONG_DAY: _("The day is wrong"),
    Kind.WRONG_ADDRESS: _("Something about the address is wrong"),
    Kind.MISSING_ADDRESS: _("The address is missing"),
    Kind.OTHER: _("Something else"),
}


class ReportForm(Trapped):
    """A report as it is typed; `containers` are those of the municipality, `today` its day."""

    kind = forms.ChoiceField(
        choices=[(kind.value, said) for kind, said in KINDS.items()],
        error_messages={
            "required": _("Choose what your report is about."),
            "invalid_choice": _("Choose what your report is about."),
        },
    )
    where = Clean(
        required=False,
        max_length=LONGEST_ADDRESS,
        error_messages={"max_length": _("Write the address in at most %(limit_value)s characters.")},
    )
    day = forms.DateField(
        required=False,
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": _("Write the day like this: 2026-12-24.")},
    )
    container = forms.ChoiceField(
        required=False, error_messages={"invalid_choice": _("Choose one of the containers.")}
    )
    text = Clean(
        required=False,
        max_length=LONGEST_TEXT,
        error_messages={
            "max_length": _("Write at most %(limit_value)s characters. You have written %(show_value)s.")
        },
    )

    def __init__(
        self,
        today: date,
        containers: Iterable[Container],
        data: Mapping[str, Any] | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}), use_required_attribute=False)
        self.today = today
        lang = language()
        choices = [("", gettext("I do not know, or all of them"))]
        choices += [(row.code, row.name.said(lang).text) for row in containers]
        cast(forms.ChoiceField, self.fields["container"]).choices = choices

    def clean_day(self) -> date | None:
        return near(self.cleaned_data["day"], self.today)

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        about_a_place = said.get("kind") not in (None, Kind.OTHER)
        if about_a_place and "where" in said and not said["where"]:
            self.add_error("where", gettext("Write the address that it is about."))
        if said.get("kind") == Kind.OTHER and "text" in said and not said["text"]:
            self.add_error("text", gettext("Write what it is about."))
        return said
