"""How do the records look on the days of a rule: right on them, moved by a holiday, or against them?"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby

from django.utils import dateformat
from django.utils.translation import gettext, ngettext, pgettext

from wastecal import words
from wastecal.core import spans
from wastecal.core.evidence import Kind
from wastecal.core.reconstruction import Stretch
from wastecal.core.reconstruction.findings import Judged

AHEAD = timedelta(weeks=8)
MOST_MONTHS = 18
"""Of a longer time the months without a record are left out."""


class Sign(StrEnum):
    """What stands on a day: records right on it, moved from it by a holiday, of a collection that the
    rule does not have; that nothing came, as the rule says, or although it does; or no record."""

    RIGHT = "right"
    MOVED = "moved"
    AGAINST = "against"
    QUIET = "quiet"
    MISSED = "missed"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Cell:
    day: date
    sign: Sign
    number: int
    spoken: str


@dataclass(frozen=True, slots=True)
class Month:
    """`after_gap`: months without a record are left out before it."""

    name: str
    after_gap: bool
    cells: tuple[Cell, ...]


def of(records: Sequence[Judged], rules: Sequence[Stretch], today: date) -> tuple[Month, ...]:
    """The days of the rules from the first record to some weeks ahead, and all that lies beside them."""
    if not records:
        return ()
    first = min(row.record.date for row in records)
    found = _signs(records)
    for day in _days(rules, spans.first_of_month(first), today + AHEAD):
        found.setdefault(day, {Sign.OPEN: 0})
    months = [list(days) for _, days in groupby(sorted(found), key=spans.first_of_month)]
    seen = (
        [month for month in months if _is_seen(month, found, today)] if len(months) > MOST_MONTHS else months
    )
    return tuple(_months(seen, found))


def _signs(records: Iterable[Judged]) -> dict[date, dict[Sign, int]]:
    """How many records say what of a day; those of a collection stand on its ordinary day."""
    found: defaultdict[date, dict[Sign, int]] = defaultdict(dict)
    for row in records:
        day, sign = _sign(row)
        found[day][sign] = found[day].get(sign, 0) + 1
    return dict(found)


def _sign(row: Judged) -> tuple[date, Sign]:
    day = row.record.date
    if row.record.kind is Kind.NOT_COLLECTED:
        return (day, Sign.QUIET) if row.agrees else (row.nominal or day, Sign.MISSED)
    if row.nominal is None:
        return day, Sign.AGAINST
    return row.nominal, Sign.RIGHT if row.nominal == day else Sign.MOVED


def _days(rules: Sequence[Stretch], start: date, stop: date) -> Iterator[date]:
    for rule in rules:
        day = rule.candidate.first_from(max(start, rule.start or start))
        while day < min(stop, rule.stop or stop):
            yield day
            day += timedelta(days=rule.candidate.spacing)


def _is_seen(month: Sequence[date], found: Mapping[date, Mapping[Sign, int]], today: date) -> bool:
    is_near = spans.first_of_month(month[0]) >= spans.first_of_month(today)
    return is_near or any(Sign.OPEN not in found[day] for day in month)


def _months(seen: Sequence[Sequence[date]], found: Mapping[date, Mapping[Sign, int]]) -> Iterator[Month]:
    written = pgettext("date format in Django's letters, a month", "F Y")
    before: date | None = None
    for days in seen:
        first = spans.first_of_month(days[0])
        gap = before is not None and spans.first_of_month(before, 1) != first
        cells = tuple(_cell(day, sign, number) for day in days for sign, number in found[day].items())
        yield Month(dateformat.format(first, written), gap, cells)
        before = first


def _cell(day: date, sign: Sign, number: int) -> Cell:
    return Cell(day, sign, number, f"{words.day(day)}: {_spoken(sign, number)}")


def _spoken(sign: Sign, number: int) -> str:
    match sign:
        case Sign.OPEN:
            return gettext("a day of the rule, no record")
        case Sign.RIGHT:
            said = ngettext("%(number)d record on the day", "%(number)d records on the day", number)
        case Sign.MOVED:
            said = ngettext(
                "%(number)d record on a day it was moved to for a holiday",
                "%(number)d records on a day it was moved to for a holiday",
                number,
            )
        case Sign.AGAINST:
            said = ngettext(
                "%(number)d record of a collection that does not fit",
                "%(number)d records of a collection that do not fit",
                number,
            )
        case Sign.MISSED:
            said = ngettext(
                "%(number)d record says that nothing came",
                "%(number)d records say that nothing came",
                number,
            )
        case Sign.QUIET:
            said = ngettext(
                "%(number)d record says that nothing came, which fits",
                "%(number)d records say that nothing came, which fits",
                number,
            )
    return said % {"number": number}
