"""How shall the holidays of a year go? One choice for all of them, or one for each, by presets or by days."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wastecal import answers, words
from wastecal.core import holidays, policy, shifts
from wastecal.core.policy import Decision
from wastecal.core.shifts import Move
from wastecal.staff import whom
from wastecal.staff.acts.forms import ActForm, Day, Several
from wastecal.staff.holidays import standing

YEARS_AHEAD = 2
LONGEST_WINDOW = timedelta(days=14)
LIKE_OTHERS = "others"
MOVES = {
    Move.NONE: _("Collected as usual"),
    Move.NEXT_WEEKDAY: _("The next weekday"),
    Move.PREVIOUS_WEEKDAY: _("The weekday before"),
    Move.NEAREST_WEEKDAY: _("The nearest weekday"),
    Move.EARLIER_IN_WEEK: _("The whole week up to the holiday a day earlier"),
    Move.LATER_IN_WEEK: _("The whole week from the holiday on a day later"),
    Move.MONDAY_OF_WEEK: _("The Monday of the same week"),
    Move.FRIDAY_BEFORE: _("The Friday before"),
    Move.SATURDAY_BEFORE: _("The Saturday before"),
    LIKE_OTHERS: _("Nothing of its own: as otherwise"),
}
INVALID = {"invalid_choice": _("Choose in the list.")}


def usual_year(today: date) -> int:
    """The year that is to be decided next: that of the next holiday which is not."""
    town = answers.town()
    until = town.holidays_decided_until if town else None
    if until is None:
        return today.year + 1
    ahead = (day for year in (until.year, until.year + 1) for day in holidays.in_year(year) if day >= until)
    return min(max(next(ahead, today).year, today.year), today.year + YEARS_AHEAD)


class HolidaysForm(ActForm):
    """The holidays of a year; `cleaned_data` has besides its fields `decision`, a Decision, `windows` (the
    first and last day by holiday), `until` (when all is decided), and `today`."""

    year = forms.IntegerField(widget=forms.HiddenInput, error_messages={"invalid": _("Choose a year.")})
    everything = forms.ChoiceField(
        required=False,
        label=_("All the holidays that are not chosen below"),
        choices=[("", _("As it is now")), *MOVES.items()],
        error_messages=INVALID,
    )
    containers = Several(_("Which containers?"), _("Choose among the containers there are."))
    zones = Several(_("Which zones?"), _("Choose among the zones there are."))
    decided = forms.ChoiceField(
        required=False,
        label=_("Is the year decided then?"),
        widget=forms.RadioSelect,
        error_messages=INVALID,
    )

    def __init__(
        self, today: date, data: Mapping[str, Any] | None = None, initial: Mapping[str, Any] | None = None
    ) -> None:
        year = _year(data if data is not None else initial or {}, today)
        super().__init__(today, data, {"decided": "yes", **(initial or {}), "year": year})
        self.chosen_year = year
        self.days = policy.days_of(year) if today.year <= year <= today.year + YEARS_AHEAD else ()
        for day in self.open_days:
            self._add_day(day)
        language = words.language()
        choices = {
            "containers": [(row.code, row.name.said(language).text) for row in answers.containers()],
            "zones": [(row.code, whom.zone_name(row.code, row.name)) for row in answers.zones()],
            "decided": [
                ("yes", gettext("Yes: its weeks are no longer shown as preliminary")),
                ("no", gettext("Not yet: it goes on being preliminary what is not decided before")),
            ],
        }
        for name, found in choices.items():
            cast(forms.ChoiceField, self.fields[name]).choices = found

    @property
    def open_days(self) -> tuple[date, ...]:
        """The holidays that can still be decided: those to come."""
        return tuple(day for day in self.days if day > self.today)

    def _add_day(self, day: date) -> None:
        choices = [("", gettext("As said above")), *MOVES.items()]
        label = public_name(day)
        self.fields[f"move_{day}"] = forms.ChoiceField(
            required=False, label=label, choices=choices, error_messages=INVALID
        )
        self.fields[f"day_{day}"] = Day(label=_("Comes on this day instead"))
        self.fields[f"last_{day}"] = Day(label=_("or between that day and"))

    def shown(self) -> dict[str, dict[str, Any]]:
        found = super().shown()
        for row in standing.standings(self.open_days):
            field = found[f"move_{row.day}"]
            field["standing"] = row
            field["when"] = words.day(row.day, year=0)
            field["dates"] = [found[f"{name}_{row.day}"] for name in ("day", "last")]
            field["opened"] = any(date_["value"] or date_["error"] for date_ in field["dates"])
        found["year"]["value"] = str(self.chosen_year)
        found["year"]["years"] = years(self.today)
        return found

    def clean_year(self) -> int:
        year = int(self.cleaned_data["year"])
        if year < self.today.year:
            raise forms.ValidationError(gettext("That year has been. What has been never changes."))
        if not self.days:
            raise forms.ValidationError(gettext("Choose this year or one of the two that come."))
        return year

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        said["today"] = self.today
        if "year" not in said:
            return said
        moves: dict[date, str | None] = {}
        said["windows"] = {}
        for day in self.open_days:
            move = self._move(day, said)
            if move:
                moves[day] = None if move == LIKE_OTHERS else move
        said["decision"] = Decision(
            self.open_days, moves, tuple(said.get("containers", ())), tuple(said.get("zones", ()))
        )
        self._read_until(said)
        return said

    def _move(self, day: date, said: dict[str, Any]) -> str:
        """What is chosen for a holiday; "" for nothing."""
        move, first, last = (said.get(f"{name}_{day}") for name in ("move", "day", "last"))
        if first is None and last is None:
            return str(move or said.get("everything") or "")
        if move:
            self.add_error(f"move_{day}", gettext("Choose in the list or write a day, not both."))
        elif first is None:
            self.add_error(f"day_{day}", gettext("Write the first day too."))
        elif abs((first - day).days) > shifts.REACH or first < self.today:
            self.add_error(f"day_{day}", gettext("Write a day to come, within a month of the holiday."))
        elif last is not None and not first < last <= first + LONGEST_WINDOW:
            self.add_error(f"last_{day}", gettext("Write a day within two weeks after the first day."))
        elif first == day and last is None:
            self.add_error(f"day_{day}", gettext("This is the same day. Write another one."))
        elif last is not None:
            said["windows"][day] = (first, last)
            return f"to:{day}"
        return f"to:{first}"

    def _read_until(self, said: dict[str, Any]) -> None:
        """The day from which nothing is decided, if it moves: it never moves back, nor over a year."""
        said["until"] = None
        town = answers.town()
        now = town.holidays_decided_until if town else None
        if said.get("decided") != "yes":
            return
        start = date(said["year"], 1, 1)
        if now and any(now <= day < start for day in holidays.in_year(said["year"] - 1)):
            told = {"year": said["year"] - 1}
            fault = gettext(
                "The holidays of %(year)d are not decided yet. Decide them first, or choose not yet."
            )
            self.add_error("decided", fault % told)
        until = policy.decided_until(said["year"])
        if now is None or until > now:
            said["until"] = until


def public_name(day: date) -> str:
    return words.holiday(holidays.name(day) or "")


def years(today: date) -> list[int]:
    """The years that can be looked at and decided."""
    return list(range(today.year, today.year + YEARS_AHEAD + 1))


def _year(asked: Mapping[str, Any], today: date) -> int:
    text = str(asked.get("year", ""))
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 else usual_year(today)
