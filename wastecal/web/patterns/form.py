"""What was pasted, what was understood of it, and what does the resident say that it means?"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wastecal.core import sights
from wastecal.core.answer import Answer
from wastecal.core.evidence import Evidence
from wastecal.core.rows import Container
from wastecal.core.sights import Reading, Sight
from wastecal.web.fields import Clean, Trapped
from wastecal.words import language, listing

LONGEST_TEXT = 20_000
MOST_DAYS = 150
PREFIX = "dag-"
UNKNOWN, LEFT_OUT = "?", "-"
"""What one may say of a day besides its containers: that nobody knows which, or that it does not count."""
SENDING = re.compile(r"[0-9]{18}")


@dataclass(frozen=True, slots=True)
class Read:
    """A day as it was read, and what it counts as: `said` is one of the choices."""

    sight: Sight
    name: str
    said: str


class PatternForm(Trapped):
    """Pasted text messages, with what the resident says of each day that was found in them."""

    text = Clean(
        max_length=LONGEST_TEXT,
        error_messages={
            "required": _("Paste at least one text message or one day."),
            "max_length": _(
                "Paste at most %(limit_value)s characters at a time. These are %(show_value)s. "
                "The newest messages say most."
            ),
        },
    )
    sending = forms.RegexField(SENDING, required=False)
    """The number that holds together what is sent in, kept while the text is mended."""

    def __init__(self, answer: Answer, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, use_required_attribute=False)
        self.answer = answer

    @property
    def containers(self) -> tuple[Container, ...]:
        """Those that stand at the address."""
        return containers(self.answer)

    @cached_property
    def reading(self) -> Reading:
        names = {row.code: tuple(_called(row)) for row in self.containers}
        return sights.read(self.cleaned_data["text"], self.answer.today, names)

    @property
    def days(self) -> tuple[Read, ...]:
        """The days in the text, the newest first, as the resident corrects them."""
        return tuple(self._read(row) for row in self.reading.sights)

    @property
    def unread(self) -> tuple[str, ...]:
        """The lines that look as if they told a day; none where the text was not read at all."""
        lines = self.reading.unread if "reading" in vars(self) else ()
        return tuple(line.text.strip() for line in lines)

    def evidence(self, sending: str = "") -> list[Evidence]:
        """What the days say, as far as they count; of the street alone, for nobody needs the house."""
        row = self.answer.place.address
        assert row is not None
        return [
            Evidence(
                day.sight.day, row.locality, row.street, "", code, source=self.reading.source, sending=sending
            )
            for day in self.days
            if day.said != LEFT_OUT
            for code in ([""] if day.said == UNKNOWN else day.said.split(","))
        ]

    def choices(self, sight: Sight) -> Iterator[tuple[str, str]]:
        """What one may say of a day."""
        yield from choices(self.answer, sight.containers)
        yield LEFT_OUT, gettext("Do not count this day")

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        found = len(self.reading.sights)
        if found == 0:
            raise forms.ValidationError(
                gettext("No day was found in the text. Write days like this: 2026-10-15.")
            )
        if found > MOST_DAYS:
            raise forms.ValidationError(
                gettext("There are %(found)d days in the text, and at most %(most)d can be read at a time.")
                % {"found": found, "most": MOST_DAYS}
            )
        return text

    def _read(self, sight: Sight) -> Read:
        name = f"{PREFIX}{sight.day.isoformat()}"
        asked = str(self.data.get(name, ""))
        return Read(sight, name, asked if asked in dict(self.choices(sight)) else self._proposed(sight))

    def _proposed(self, sight: Sight) -> str:
        if sight.denied:
            return LEFT_OUT
        if len(self.containers) == 1:
            return self.containers[0].code
        return joined(self.containers, sight.containers) or UNKNOWN


def containers(answer: Answer) -> tuple[Container, ...]:
    standing = [row.container for row in answer.standings if row.emptied]
    return (*standing, *(row.container for row in answer.optional))


def choices(answer: Answer, told: Collection[str] = ()) -> Iterator[tuple[str, str]]:
    """Of which containers a day may be; all at once where there are two, and those that are `told`."""
    rows = containers(answer)
    names = {row.code: row.name.said(language()).text for row in rows}
    own = [row.container.code for row in answer.standings if row.emptied]
    several = [joined(rows, together) for together in (own, told) if len(together) > 1]
    for codes in dict.fromkeys((*names, *several)):
        yield codes, listing(names[code] for code in codes.split(","))
    if len(rows) > 1:
        yield UNKNOWN, gettext("I do not know which container")


def joined(rows: Iterable[Container], codes: Collection[str]) -> str:
    """Some of the containers as one choice, in their order."""
    return ",".join(row.code for row in rows if row.code in codes)


def _called(container: Container) -> Iterator[str]:
    """What people call a container: by its names, also without spaces and dots over the letters."""
    for name in (container.code, *(name for _lang, name in container.name.pairs if name)):
        for spaced in (name, name.replace(" ", "")):
            yield spaced
            yield unicodedata.normalize("NFKD", spaced).encode("ascii", "ignore").decode()
