"""How often, in words that people choose from, as the RRULE of a rule and its first day?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from wastecal.core import recurrence, spans
from wastecal.core.recurrence import Rule

DATES, NOT_EMPTIED, ORDINARY = "dates", "none", "ordinary"
OFTEN = {
    "weeks:1": _("Every week"),
    "weeks:2": _("Every other week"),
    "weeks:3": _("Every third week"),
    "weeks:4": _("Every fourth week"),
    "weeks:6": _("Every sixth week"),
    "weeks:8": _("Every eighth week"),
    "weeks:12": _("Every twelfth week"),
    "odd": _("In odd weeks"),
    "even": _("In even weeks"),
    "month:1": _("Once a month: on the first such weekday"),
    "month:2": _("Once a month: on the second such weekday"),
    "month:3": _("Once a month: on the third such weekday"),
    "month:4": _("Once a month: on the fourth such weekday"),
    "month:-1": _("Once a month: on the last such weekday"),
    DATES: _("On certain days, written below"),
    NOT_EMPTIED: _("It is not emptied here"),
    ORDINARY: _("No schedule of its own any longer"),
}
WITHOUT_WEEKDAY = (DATES, NOT_EMPTIED, ORDINARY)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LOOKED_THROUGH = 400


@dataclass(frozen=True, slots=True)
class Pattern:
    """One of OFTEN, on a weekday (0 is Monday)."""

    often: str
    weekday: int

    @property
    def rrule(self) -> str:
        kind, _sep, number = self.often.partition(":")
        day = WEEKDAYS[self.weekday]
        match kind:
            case "weeks":
                return "FREQ=WEEKLY" if number == "1" else f"FREQ=WEEKLY;INTERVAL={number}"
            case "month":
                return f"FREQ=MONTHLY;BYDAY={number}{day}"
        weeks = ",".join(map(str, range(1 if kind == "odd" else 2, 54, 2)))
        return f"FREQ=YEARLY;BYWEEKNO={weeks};BYDAY={day}"

    @property
    def weeks(self) -> int:
        """Every so many weeks; 0 where it is not by weeks."""
        kind, _sep, number = self.often.partition(":")
        return int(number) if kind == "weeks" else 0

    def gives(self, day: date) -> bool:
        """Whether this may be its first day."""
        rule = Rule("", "", day, self.rrule)
        return day.weekday() == self.weekday and bool(recurrence.expand(rule, spans.of_day(day)))

    def first(self, start: date, older: Iterable[Rule]) -> date | None:
        """Its first day from `start` on: in the weeks of an older rule that comes as often, else at once."""
        cycle = next((rule.anchor for rule in older if rule.anchor and self._is_as_often(rule)), None)
        days = (start + timedelta(days=number) for number in range(_LOOKED_THROUGH))
        return next((day for day in days if self.gives(day) and self._is_in(day, cycle)), None)

    def _is_as_often(self, rule: Rule) -> bool:
        return self.weeks > 1 and rule.rrule == self.rrule

    def _is_in(self, day: date, cycle: date | None) -> bool:
        if cycle is None:
            return True
        return (spans.monday(day) - spans.monday(cycle)).days % (7 * self.weeks) == 0
