"""What are the days of a place before and after a change, and how do they fit together where it falls?"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from wastecal.core import answer, spans
from wastecal.core.answer import Answer
from wastecal.core.pickup import Pickup
from wastecal.core.places import Place
from wastecal.core.register import Register
from wastecal.core.rows import Container
from wastecal.core.spans import Span

USUAL = 28
"""Days between two collections where nothing else can be told."""
CLOSE = 7


@dataclass(frozen=True, slots=True)
class Month:
    first: date
    before: tuple[date, ...]
    after: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """From the last collection before the change to the first one after it; `usual` is the longest
    number of days that one waits ordinarily, before or after."""

    last: date
    first: date
    usual: int

    @property
    def days(self) -> int:
        return (self.first - self.last).days

    @property
    def is_long(self) -> bool:
        return self.days > self.usual

    @property
    def is_short(self) -> bool:
        return self.days < min(CLOSE, self.usual)


@dataclass(frozen=True, slots=True)
class Seam:
    """The days of one container by months, before and after; days with two collections; the gap."""

    container: Container
    months: tuple[Month, ...]
    doubled: tuple[date, ...]
    gap: Gap | None


def of(registers: tuple[Register, Register], places: tuple[Place, Place], start: date) -> tuple[Seam, ...]:
    """What changes for each container at a place, a year ahead of the day `start` of the change."""
    span = Span(spans.first_of_month(start, -1), spans.first_of_month(start, 13))
    before, after = (
        answer.of(known, place, span, start) for known, place in zip(registers, places, strict=True)
    )
    found = (_seam(row.container, before, after, start) for row in (*after.standings, *after.optional))
    return tuple(row for row in found if row)


def _seam(container: Container, before: Answer, after: Answer, start: date) -> Seam | None:
    old, new = _coming(before, container.code), _coming(after, container.code)
    days_before, days_after = _days(old), _days(new)
    if days_before == days_after:
        return None
    return Seam(container, tuple(_months(days_before, days_after)), _doubled(new), _gap(old, new, start))


def _coming(told: Answer, code: str) -> list[Pickup]:
    return [row for row in (*told.pickups, *told.optional_pickups) if row.container == code and row.comes]


def _days(rows: Iterable[Pickup]) -> list[date]:
    return sorted(row.date for row in rows)


def _months(before: Sequence[date], after: Sequence[date]) -> Iterator[Month]:
    for first in sorted({day.replace(day=1) for day in (*before, *after)}):
        parts = [tuple(day for day in days if day.replace(day=1) == first) for days in (before, after)]
        yield Month(first, *parts)


def _doubled(rows: Iterable[Pickup]) -> tuple[date, ...]:
    return tuple(day for day, count in sorted(Counter(_days(rows)).items()) if count > 1)


def _gap(old: Sequence[Pickup], new: Sequence[Pickup], start: date) -> Gap | None:
    earlier = [row.date for row in new if row.nominal and row.nominal < start]
    later = [row.date for row in new if row.nominal and row.nominal >= start]
    if not earlier or not later:
        return None
    return Gap(max(earlier), min(later), max(_usual(old), _usual(new)) or USUAL)


def _usual(rows: Sequence[Pickup]) -> int:
    """The number of days that lie most often between two ordinary days; 0 where there are too few."""
    days = sorted(row.nominal for row in rows if row.nominal)
    between = Counter((last - first).days for first, last in pairwise(days))
    return max(between, key=lambda count: (between[count], count), default=0)
