"""How often, on which weekday, and from when? The rule of one container in a zone or at an address."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.utils import dateformat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wastecal import answers
from wastecal import words as public
from wastecal.core import codecs, scopes
from wastecal.core.recurrence import NOT_EMPTIED, Rule, Season
from wastecal.models import Address
from wastecal.models import Rule as RuleRow
from wastecal.staff import whom, words
from wastecal.staff.acts.forms import ActForm, CleanText, Day
from wastecal.staff.schedules import patterns
from wastecal.staff.schedules.patterns import Pattern

AHEAD = timedelta(days=800)
BACK = timedelta(days=31)
MOST_DATES = 200


class RuleForm(ActForm):
    """A rule; `cleaned_data["rule"]` is it, None where no rule of its own holds any longer."""

    scope = forms.CharField(widget=forms.HiddenInput, max_length=400)
    container = forms.ChoiceField(
        label=_("Which container?"),
        error_messages={
            "required": _("Choose a container."),
            "invalid_choice": _("Choose among the containers there are."),
        },
    )
    often = forms.ChoiceField(
        label=_("How often?"),
        choices=[("", _("Choose")), *patterns.OFTEN.items()],
        error_messages={"required": _("Choose how often.")},
    )
    weekday = forms.ChoiceField(required=False, label=_("On which weekday?"))
    start = Day(
        required=True,
        label=_("From which day does it hold?"),
        help_text=_("Until then all stays as it is."),
        error_messages={
            "required": _("Write from which day it holds."),
            "invalid": _("Write the day like this: 2026-12-24."),
        },
    )
    first = Day(
        label=_("The first collection"),
        help_text=_("Leave it empty to keep the weeks as they are, or to begin as soon as possible."),
    )
    season = CleanText(
        max_length=20,
        label=_("Only in some weeks of the year?"),
        help_text=_("First and last week, for example 18-40. Leave it empty for the whole year."),
    )
    dates = CleanText(
        max_length=4000,
        widget=forms.Textarea,
        label=_("Days, if they are certain ones"),
        help_text=_("One a line, for example 2027-03-03"),
    )
    cause = CleanText(
        max_length=1000,
        widget=forms.Textarea,
        label=_("Why?"),
        help_text=_("Only the staff see this. The days are public."),
    )

    def __init__(
        self, today: date, data: Mapping[str, Any] | None = None, initial: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(today, data, initial)
        language = public.language()
        names = [(row.code, row.name.said(language).text) for row in answers.containers()]
        cast(forms.ChoiceField, self.fields["container"]).choices = names
        days = [(str(number), _weekday(number)) for number in range(7)]
        cast(forms.ChoiceField, self.fields["weekday"]).choices = [("", gettext("Choose")), *days]
        if not self.of_scope.startswith("address:"):
            del self.fields["cause"]

    @property
    def of_scope(self) -> str:
        return str((self.data if self.is_bound else self.initial).get("scope", ""))

    @property
    def about(self) -> str:
        return whom.names([self.of_scope])[self.of_scope] if scopes.is_valid(self.of_scope) else ""

    def clean_scope(self) -> str:
        scope = str(self.cleaned_data["scope"])
        if not scopes.is_valid(scope) or not _is_there(scope):
            raise forms.ValidationError(gettext("There is no such zone or address any longer."))
        return scope

    def clean_start(self) -> date:
        return near(self.cleaned_data["start"], self.today)

    def clean_season(self) -> Season | None:
        text = self.cleaned_data["season"].replace(" ", "").replace("–", "-")
        try:
            return cast(Season | None, codecs.CODECS["season"].read(text))
        except ValueError as error:
            raise forms.ValidationError(gettext("Write the weeks like this: 18-40.")) from error

    def clean_dates(self) -> tuple[date, ...]:
        try:
            days = codecs.CODECS["dates"].read(self.cleaned_data["dates"])
        except ValueError as error:
            raise forms.ValidationError(gettext("Write each day like this: 2027-03-03.")) from error
        if len(days) > MOST_DATES:
            raise forms.ValidationError(gettext("That is more days than a rule can hold: 200."))
        return tuple(sorted(set(days)))

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if "often" in said:
            self._check_asked(said)
        if not self.errors:
            said["rule"] = self._rule(said)
        return said

    def _check_asked(self, said: dict[str, Any]) -> None:
        """How often it is decides what else has to be known."""
        often = said["often"]
        if often not in patterns.WITHOUT_WEEKDAY and not said.get("weekday") and "weekday" in said:
            self.add_error("weekday", gettext("Choose the weekday."))
        if often == patterns.DATES and said.get("dates") == ():
            self.add_error("dates", gettext("Write the days on which it is emptied."))
        if often != patterns.DATES and said.get("dates"):
            self.add_error("dates", gettext("Leave this empty, or choose “On certain days”."))

    def _rule(self, said: dict[str, Any]) -> Rule | None:
        often = said["often"]
        bare = {"scope": said["scope"], "container": said["container"], "valid_from": said["start"]}
        if often == patterns.ORDINARY:
            return None
        if often == patterns.NOT_EMPTIED:
            return Rule(**bare, rrule=NOT_EMPTIED)
        if often == patterns.DATES:
            return self._listed(said, bare)
        return self._repeated(said, bare)

    def _listed(self, said: dict[str, Any], bare: dict[str, Any]) -> Rule | None:
        days = said["dates"]
        if days[0] < said["start"]:
            self.add_error("dates", gettext("A day lies before the day from which it holds."))
        return Rule(**bare, dates=days, season=said["season"])

    def _repeated(self, said: dict[str, Any], bare: dict[str, Any]) -> Rule | None:
        pattern = Pattern(said["often"], int(said["weekday"]))
        first = said["first"]
        if first and (fault := _fault(pattern, first, said)):
            self.add_error("first", fault)
            return None
        anchor = first or pattern.first(said["start"], _older(said))
        if anchor is None:
            self.add_error("start", gettext("It would never be emptied. Choose another day."))
            return None
        return Rule(**bare, anchor=anchor, rrule=pattern.rrule, season=said["season"])


def near(day: date, today: date) -> date:
    """The day, if schedules may begin on it."""
    if not today - BACK <= day <= today + AHEAD:
        raise forms.ValidationError(gettext("Choose a day in the last month or the next two years."))
    return day


def _fault(pattern: Pattern, first: date, said: dict[str, Any]) -> str:
    """Why this cannot be the first day."""
    when = {"day": words.day(first), "weekday": _weekday(pattern.weekday)}
    if first < said["start"]:
        return gettext("That is before the day from which it holds.")
    if first > said["start"] + timedelta(days=366):
        return gettext("That is more than a year after the day from which it holds.")
    if first.weekday() != pattern.weekday:
        return gettext("%(day)s is no %(weekday)s.") % when
    if not pattern.gives(first):
        return gettext("%(day)s is not one of those days. Choose another, or leave it empty.") % when
    if said["season"] and first not in said["season"]:
        return gettext("%(day)s is not in those weeks of the year.") % when
    return ""


def _older(said: dict[str, Any]) -> list[Rule]:
    """The rules that hold until then, the newest first."""
    rows = RuleRow.objects.filter(scope=said["scope"], container=said["container"], ended_edit=None)
    found = [row.to_core() for row in rows.order_by("-pk")]
    return [row for row in found if row.holds_on(said["start"] - timedelta(days=1))]


def _weekday(number: int) -> str:
    return dateformat.format(date(2027, 1, 4 + number), "l")  # 4 January 2027 is a Monday


def _is_there(scope: str) -> bool:
    kind, _sep, name = scope.partition(":")
    match kind:
        case "zone":
            return any(row.code == name for row in answers.zones())
        case "street":
            return any(row.slug == name for row in answers.all_streets())
        case "address":
            return Address.objects.filter(slug=name, ended_edit=None).exists()
    return True
