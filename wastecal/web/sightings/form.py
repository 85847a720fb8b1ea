"""On which day was what seen of which container, and what is missing in what was sent?"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wastecal import words
from wastecal.core.answer import Answer
from wastecal.core.evidence import Evidence, Kind, Source
from wastecal.web.fields import Trapped
from wastecal.web.patterns.form import SENDING, UNKNOWN, choices, containers, joined

ANOTHER = "annan"
"""What is chosen where the day is none of those that are listed."""
LISTED = 3
OLDEST = timedelta(days=400)
KINDS = {
    Kind.NOT_COLLECTED: _("The container was not emptied that day"),
    Kind.COLLECTED: _("The container was emptied that day"),
}


class SeenForm(Trapped):
    """What a resident saw on a day; the days of the page that are over, or today's, can be chosen."""

    day = forms.ChoiceField(
        required=False, error_messages={"invalid_choice": _("Choose which day it is about.")}
    )
    other = forms.DateField(
        required=False,
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": _("Write the day like this: 2026-12-24.")},
    )
    kind = forms.ChoiceField(
        choices=[(kind.value, said) for kind, said in KINDS.items()],
        error_messages={
            "required": _("Choose whether the container was emptied."),
            "invalid_choice": _("Choose whether the container was emptied."),
        },
    )
    container = forms.ChoiceField(
        error_messages={
            "required": _("Choose which container it is about."),
            "invalid_choice": _("Choose one of the containers."),
        }
    )
    sending = forms.RegexField(SENDING, required=False)
    """The number of this sending, kept while what is wrong is mended."""

    def __init__(self, answer: Answer, data: Mapping[str, Any] | None = None, about: date | None = None):
        """`about` is the day that the reader comes from; one that is still to come is not filled in."""
        super().__init__(data, initial=_known(answer, about), use_required_attribute=False)
        self.answer = answer
        days = [(day.isoformat(), words.day(day, year=answer.today.year)) for day in recent(answer)]
        self._offer("day", [*days, (ANOTHER, gettext("Another day"))] if days else [])
        self._offer("container", list(choices(answer)))
        if len(containers(answer)) == 1:
            self.fields["container"].required = False

    def _offer(self, name: str, offered: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = offered

    def evidence(self, sending: str) -> list[Evidence]:
        """What was seen, of the street alone: nobody needs the house."""
        row, said = self.answer.place.address, self.cleaned_data
        assert row is not None
        codes = [""] if said["container"] == UNKNOWN else said["container"].split(",")
        kind = Kind(said["kind"])
        return [
            Evidence(said["day"], row.locality, row.street, "", code, kind, Source.RESIDENT, sending)
            for code in codes
        ]

    def clean_container(self) -> str:
        said: str = self.cleaned_data["container"]
        return said or containers(self.answer)[0].code

    def clean(self) -> dict[str, Any]:
        """With the one day that is meant in `day`, whichever way it was given."""
        said = self.cleaned_data
        if "day" not in said or "other" not in said:
            return said
        listed = said["day"] not in ("", ANOTHER)
        if listed and said["other"] not in (None, date.fromisoformat(said["day"])):
            self.add_error("other", gettext("You have chosen one day and written another. Keep one of them."))
            return said
        day = date.fromisoformat(said["day"]) if listed else said["other"]
        if fault := self._fault(day):
            written = day if not listed else None
            self.add_error("other" if written or not recent(self.answer) else "day", fault)
        said["day"] = day
        return said

    def _fault(self, day: date | None) -> str:
        today = self.answer.today
        if day is None:
            return gettext("Choose which day it is about.")
        if day > today:
            return gettext("That day has not been yet. Choose one that has.")
        if day < today - OLDEST:
            return gettext("That day is more than a year ago. Choose a later one.")
        if day == today and self.cleaned_data.get("kind") == Kind.NOT_COLLECTED:
            return gettext("The day is not over: the truck may still come. Tell us tomorrow.")
        return ""


def recent(answer: Answer) -> list[date]:
    """The latest days of the page that have come, the newest first."""
    days = {row.date for row in answer.pickups if row.date <= answer.today}
    return sorted(days, reverse=True)[:LISTED]


def _known(answer: Answer, about: date | None) -> dict[str, str]:
    """What the day says by itself: that it is meant, and which containers were to be emptied."""
    if about is None or about > answer.today:
        return {}
    codes = {row.container for row in answer.pickups if row.date == about}
    listed = about in recent(answer)
    said = {"day": about.isoformat()} if listed else {"day": ANOTHER, "other": about.isoformat()}
    return {**said, "container": joined(containers(answer), codes)}
