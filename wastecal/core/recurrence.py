"""On which days would a rule collect, before holidays and overrides?"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache

from dateutil.rrule import rrulestr

from wastecal.core.errors import InvalidRule
from wastecal.core.spans import Span, of_day

NOT_EMPTIED = "NONE"

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAY = rf"({'|'.join(_DAYS)})"
_NUMBERED = rf"([+-]?[1-9][0-9]?)?{_DAY}"
_FORMS = {
    "FREQ": r"YEARLY|MONTHLY|WEEKLY|DAILY",
    "INTERVAL": r"[1-9][0-9]{0,2}",
    "WKST": r"MO",
    "BYDAY": rf"{_NUMBERED}(,{_NUMBERED})*",
}
_PLAIN_BYDAY = rf"{_DAY}(,{_DAY})*"
_LIST = r"-?[0-9]{1,3}(,-?[0-9]{1,3})*"
_HIGHEST = {"BYMONTH": 12, "BYMONTHDAY": 31, "BYYEARDAY": 366, "BYWEEKNO": 53, "BYSETPOS": 366}
_NOT_WITH = {  # RFC 5545, the table in section 3.3.10
    "YEARLY": frozenset[str](),
    "MONTHLY": frozenset({"BYWEEKNO", "BYYEARDAY"}),
    "WEEKLY": frozenset({"BYWEEKNO", "BYYEARDAY", "BYMONTHDAY"}),
    "DAILY": frozenset({"BYWEEKNO", "BYYEARDAY"}),
}
_WITH_WEEKS = frozenset({"FREQ", "INTERVAL", "WKST", "BYDAY", "BYMONTH", "BYWEEKNO"})
_GREGORIAN = 146_097  # days in 400 years, after which dates and weekdays come again
_PERIOD = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": _GREGORIAN, "YEARLY": _GREGORIAN}


class Provenance(StrEnum):
    """Where a rule comes from; the surer comes first in what holds."""

    CONFIRMED = "confirmed"
    RECONSTRUCTED = "reconstructed"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Season:
    """ISO weeks from `first` to `last`, both included; over New Year where first > last."""

    first: int
    last: int

    def __contains__(self, day: date) -> bool:
        week = day.isocalendar().week
        if self.first <= self.last:
            return self.first <= week <= self.last
        return week >= self.first or week <= self.last


@dataclass(frozen=True, slots=True)
class Rule:
    """The ordinary schedule of one container for one scope.

    Exactly one of three: `anchor` and `rrule` (RFC 5545 section 3.3.10), listed `dates`, or
    rrule NONE: this container is not emptied here. Valid on nominal dates d with
    valid_from <= d < valid_until. `probability` only with provenance reconstructed.
    """

    scope: str
    container: str
    anchor: date | None = None
    rrule: str = ""
    dates: tuple[date, ...] = ()
    season: Season | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    provenance: Provenance = Provenance.CONFIRMED
    probability: float | None = None
    edit: int = 0
    ended_edit: int | None = None

    def holds_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day < self.valid_until
        )


def expand(rule: Rule, span: Span) -> tuple[date, ...]:
    """The nominal dates of `rule` in `span`, in order: in its validity and in its season."""
    valid = Span(
        max(span.start, rule.valid_from or span.start), min(span.stop, rule.valid_until or span.stop)
    )
    if rule.dates:
        dates = tuple(sorted({day for day in rule.dates if day in valid}))
    elif rule.anchor is None or rule.rrule == NOT_EMPTIED:
        return ()
    else:
        dates = _between(rule.rrule, rule.anchor, valid)
    return tuple(day for day in dates if rule.season is None or day in rule.season)


def check(rule: Rule) -> None:
    """Raise InvalidRule unless the rule is one of the three forms and means what it says."""
    forms = [bool(rule.dates), rule.rrule == NOT_EMPTIED, rule.rrule not in ("", NOT_EMPTIED)]
    if sum(forms) != 1:
        raise InvalidRule("rule_form", rule.rrule)
    if forms[2]:
        check_rrule(rule.rrule)
        if rule.anchor is None:
            raise InvalidRule("anchor_missing", rule.rrule)
        if not _between(rule.rrule, rule.anchor, of_day(rule.anchor)):
            raise InvalidRule("anchor_not_in_rule", rule.anchor.isoformat())
    elif rule.anchor is not None:
        raise InvalidRule("anchor_without_rrule", rule.anchor.isoformat())
    if rule.valid_from and rule.valid_until and rule.valid_until <= rule.valid_from:
        raise InvalidRule("validity_empty", rule.valid_until.isoformat())
    if rule.season and not (1 <= rule.season.first <= 53 and 1 <= rule.season.last <= 53):
        raise InvalidRule("season", f"{rule.season.first}-{rule.season.last}")
    if rule.probability is not None and not _is_reconstructed(rule.probability, rule.provenance):
        raise InvalidRule("probability", str(rule.probability))


def _is_reconstructed(probability: float, provenance: Provenance) -> bool:
    return provenance is Provenance.RECONSTRUCTED and 0 <= probability <= 1


def check_rrule(text: str) -> None:
    """Raise InvalidRule unless `text` is an RRULE of whole days without COUNT or UNTIL."""
    parts = _parts(text)
    if len(parts) != text.count(";") + 1 or not all(_is_part(*part) for part in parts.items()):
        raise InvalidRule("rrule", text)
    if "FREQ" not in parts or not _fit_together(parts):
        raise InvalidRule("rrule", text)
    try:
        rrulestr(text, dtstart=_midnight(date(2026, 1, 1)))
    except ValueError as error:
        raise InvalidRule("rrule", text) from error


def _parts(text: str) -> dict[str, str]:
    return dict(part.partition("=")[::2] for part in text.split(";"))


def _is_part(name: str, value: str) -> bool:
    highest = _HIGHEST.get(name)
    if highest is None:
        return name in _FORMS and re.fullmatch(_FORMS[name], value) is not None
    if name == "BYMONTH" and "-" in value:
        return False
    return re.fullmatch(_LIST, value) is not None and all(1 <= abs(n) <= highest for n in _numbers(value))


def _numbers(value: str) -> frozenset[int]:
    return frozenset(int(number) for number in value.split(","))


def _fit_together(parts: dict[str, str]) -> bool:
    if parts.keys() & _NOT_WITH[parts["FREQ"]]:
        return False
    if "BYWEEKNO" in parts and not parts.keys() <= _WITH_WEEKS:
        return False
    plain = parts["FREQ"] in ("WEEKLY", "DAILY") or "BYWEEKNO" in parts
    return not plain or re.fullmatch(_PLAIN_BYDAY, parts.get("BYDAY", "MO")) is not None


@lru_cache(maxsize=4096)
def _between(text: str, anchor: date, span: Span) -> tuple[date, ...]:
    if span.stop <= anchor or not span.days:
        return ()
    parts = _parts(text)
    weeks = _numbers(parts.pop("BYWEEKNO")) if "BYWEEKNO" in parts else None
    if weeks is not None:
        parts.setdefault("BYDAY", _DAYS[anchor.weekday()])
    plain = ";".join(f"{name}={value}" for name, value in parts.items())
    rule = rrulestr(plain, dtstart=_midnight(_nearer(parts, anchor, span.start)))
    found = (moment.date() for moment in rule.between(_midnight(span.start), _midnight(span.stop), inc=True))
    return tuple(day for day in found if day in span and (weeks is None or _is_in_weeks(day, weeks)))


def _is_in_weeks(day: date, weeks: frozenset[int]) -> bool:
    """BYWEEKNO, ours because dateutil takes 1 and 2 January for week 53 in 2011, 2022 and 2039."""
    year, week, _ = day.isocalendar()
    return week in weeks or week - _last_week(year) - 1 in weeks


def _last_week(iso_year: int) -> int:
    return date(iso_year, 12, 28).isocalendar().week


def _nearer(parts: dict[str, str], anchor: date, start: date) -> date:
    """An anchor that gives the same dates from `start` on, and fewer to go through before it."""
    step = _PERIOD[parts["FREQ"]] * int(parts.get("INTERVAL", "1"))
    jumps = max((start - anchor).days // step - 1, 0)
    return anchor + timedelta(days=jumps * step)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())
