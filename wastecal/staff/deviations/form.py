"""What can happen to a day's collections, for whom and why? Six questions."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, cast

from django import forms
from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_lazy as _

from wastecal import answers, words
from wastecal.core import spans
from wastecal.core.overrides import Reason
from wastecal.core.texts import NOTHING, Text
from wastecal.core.texts import of as text_of
from wastecal.staff.acts import for_whom
from wastecal.staff.acts.forms import ActForm, CleanText, Day, Several

AHEAD = timedelta(days=800)
LONGEST_WINDOW = timedelta(days=14)


class What(StrEnum):
    """What happens: the kinds of override, and closing a day."""

    MOVE = "move"
    CANCEL = "cancel"
    DELAY = "delay"
    ADD = "add"
    CLOSE = "close"


WHATS = {
    What.MOVE: _("Moved: the ordinary collection comes on another day"),
    What.CANCEL: _("Cancelled: the ordinary collection does not come"),
    What.DELAY: _("Delayed: it comes later, nobody knows when yet"),
    What.ADD: _("Extra: a collection besides the ordinary ones"),
    What.CLOSE: _("The day is closed: nothing at all is emptied, also what was moved here"),
}
REASONS = {
    Reason.WEATHER: _("The weather"),
    Reason.VEHICLE: _("Trouble with the truck"),
    Reason.ACCESS: _("The truck could not get through"),
    Reason.ROADWORKS: _("Roadworks"),
    Reason.MISSED: _("It was missed on the ordinary day"),
    Reason.AGREED: _("As agreed"),
    Reason.OTHER: _("Other reasons"),
}


class DeviationForm(ActForm):
    """One deviation; `cleaned_data` has besides its fields `scopes` and `reason_text`, a Text."""

    what = forms.ChoiceField(
        label=_("What happens?"),
        choices=list(WHATS.items()),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what happens."),
            "invalid_choice": _("Choose what happens."),
        },
    )
    day = Day(
        required=True,
        label=_("Which day?"),
        error_messages={
            "required": _("Write which day it is about."),
            "invalid": _("Write the day like this: 2026-12-24."),
        },
    )
    new_day = Day(label=_("New day"))
    new_day_until = Day(label=_("or between that day and"))
    who = for_whom.who()
    whom = for_whom.these()
    containers = Several(_("Which containers?"), _("Choose among the containers there are."))
    reason = forms.ChoiceField(
        required=False,
        label=_("Why?"),
        choices=[("", _("Nothing is said, or your own words below")), *REASONS.items()],
        error_messages={"invalid_choice": _("Choose a reason in the list.")},
    )

    def __init__(
        self, today: date, data: Mapping[str, Any] | None = None, initial: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(today, data, initial)
        language = words.language()
        containers = cast(forms.MultipleChoiceField, self.fields["containers"])
        containers.choices = [(row.code, row.name.said(language).text) for row in answers.containers()]
        self.languages = self._add_languages()

    def _add_languages(self) -> tuple[str, ...]:
        town = answers.town()
        languages = town.languages if town else ()
        for place, lang in enumerate(languages):
            label = (
                gettext("or in your own words (%(language)s)")
                if place == 0
                else gettext("… and (%(language)s)")
            )
            name = get_language_info(lang)["name_translated"]
            self.fields[f"reason_{lang}"] = CleanText(label=label % {"language": name})
        return languages

    def clean_day(self) -> date:
        day = cast(date, self.cleaned_data["day"])
        earliest = spans.first_of_month(self.today, -1)
        if not earliest <= day <= self.today + AHEAD:
            raise forms.ValidationError(gettext("Choose a day in the last month or the next two years."))
        return day

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if "what" in said and "day" in said:
            self._check_days(said)
        for_whom.read(self, said)
        self._read_reason(said)
        return said

    def _check_days(self, said: dict[str, Any]) -> None:
        what, day = said["what"], said["day"]
        new, until = said.get("new_day"), said.get("new_day_until")
        if what == What.MOVE and new is None and "new_day" in said:
            self.add_error("new_day", gettext("Write on which day it comes instead."))
        if what in (What.CANCEL, What.DELAY, What.ADD) and (new or until):
            self.add_error("new_day", gettext("Leave this empty: only what is moved has a new day."))
        elif new and new == day and not until:
            self.add_error("new_day", gettext("This is the same day. Write another one."))
        elif new and abs(new - day) > timedelta(days=200):
            self.add_error("new_day", gettext("That is more than half a year away. Write another day."))
        if until and (new is None or not new < until <= new + LONGEST_WINDOW):
            self.add_error("new_day_until", gettext("Write a day within two weeks after the new day."))

    def _read_reason(self, said: dict[str, Any]) -> None:
        own = {lang: said.get(f"reason_{lang}", "") for lang in self.languages}
        code = said.get("reason", "")
        first = f"reason_{self.languages[0]}" if self.languages else "reason"
        if any(own.values()):
            if code:
                self.add_error(first, gettext("Choose a reason in the list or write your own, not both."))
            if not own[self.languages[0]] and first not in self.errors:
                self.add_error(
                    first, gettext("Write it in this language too: it is shown where others lack.")
                )
            if any(scope.startswith("address:") for scope in said.get("scopes", ())):
                self.add_error(
                    "reason",
                    gettext("For a single address, choose a reason in the list: its page is public."),
                )
        said["reason_text"] = _text(own, code, self.languages)


def _text(own: Mapping[str, str], code: str, languages: tuple[str, ...]) -> Text:
    if any(own.values()):
        return text_of(own)
    return text_of({languages[0]: code}) if code and languages else NOTHING
