"""What stands on the sheet of a year: twelve months, the signs, and the days that are not as usual?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _

from wastecal import words
from wastecal.core import spans
from wastecal.core.answer import Answer, Known, Standing
from wastecal.core.places import Place
from wastecal.core.spans import Span
from wastecal.web import months, visits
from wastecal.web.months import MonthGrid, Sign
from wastecal.web.visits import Change, Day, Month, Visit

CHANGES_SHOWN = 6
"""As many days that are not as usual as one A4 has room for; the grid marks them all."""
_FRACTIONS_SHOWN = 4
"""For as many containers there is room to say what goes into each."""
_MOVED_FAR = 31
"""How far beyond the year a collection may have moved and still be told, in days."""
_NOWHERE = Place("", None, "", "", (), (), 0)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the key: a container with its sign, and a sentence where its days are not known."""

    sign: Sign
    optional: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A day that is not as usual: which containers, what became of them, and why."""

    day: Day
    visits: tuple[Visit, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A year at a place. Nothing in it is the place's own: neighbours with the same days share it."""

    year: int
    months: tuple[MonthGrid, ...]
    key: tuple[Row, ...]
    changed: tuple[Changed, ...]
    by_month: tuple[Month, ...]

    @property
    def first_changed(self) -> tuple[Changed, ...]:
        return self.changed[:CHANGES_SHOWN]

    @property
    def more_changed(self) -> int:
        return max(len(self.changed) - CHANGES_SHOWN, 0)

    @property
    def brief(self) -> bool:
        return len(self.key) > _FRACTIONS_SHOWN

    @property
    def preliminary(self) -> bool:
        return any(week.preliminary for month in self.months for week in month.weeks)

    @property
    def unsure(self) -> bool:
        return any(visit.tentative for visit in self._visits)

    @property
    def moved(self) -> bool:
        return any(visit.changes for visit in self._visits)

    @property
    def _visits(self) -> Iterator[Visit]:
        return (visit for month in self.by_month for day in month.days for visit in day.visits)


def offered(today: date) -> range:
    """The years that are shown: from last year to the year after next."""
    return range(today.year - 1, today.year + 3)


def asked(year: int) -> Span:
    """The days to ask for: the year, and those to which its collections may have moved."""
    return Span(date(year, 1, 1), date(year + 1, 1, 1)).widen(_MOVED_FAR)


def shared(answer: Answer) -> Answer:
    """The answer without what is the place's own: equal for all places with the same sheet."""
    return replace(
        answer,
        place=_NOWHERE,
        zone="",
        zone_name="",
        today=spans.first_of_month(answer.today),
        pickups=tuple(replace(row, sequence=0, stamp=None) for row in answer.pickups),
        optional_pickups=tuple(replace(row, sequence=0, stamp=None) for row in answer.optional_pickups),
        notices=(),
        edit=0,
        updated=None,
    )


@lru_cache(maxsize=64)
def of(answer: Answer, year: int, lang: str) -> Sheet:
    """The sheet of a year for a `shared` answer for `asked(year)`; `lang` is the active language."""
    pickups = sorted((*answer.pickups, *answer.optional_pickups), key=lambda row: row.date)
    days = visits.upcoming(answer, pickups, answer.span.start)
    within = tuple(day for day in days if day.first.year <= year <= day.last.year)
    return Sheet(
        year=year,
        months=tuple(months.grid(year, month, days) for month in range(1, 13)),
        key=(
            *(_row(standing, optional=False) for standing in answer.standings),
            *(_row(standing, optional=True) for standing in answer.optional if _has_days(standing)),
        ),
        changed=tuple(row for day in days for row in _changed(day, year)),
        by_month=visits.months(within),
    )


def empty(year: int) -> Sheet:
    """The months of a year without any mark."""
    grids = tuple(months.grid(year, month, ()) for month in range(1, 13))
    return Sheet(year, grids, (), (), ())


def _row(standing: Standing, *, optional: bool) -> Row:
    sign = months.sign(visits.box(standing.container))
    return Row(sign, optional, "" if _has_days(standing) else words.known(standing))


def _has_days(standing: Standing) -> bool:
    return standing.known is Known.KNOWN


def _changed(day: Day, year: int) -> Iterable[Changed]:
    """The visits of a day that changed, those with the same change as one."""
    by_change: dict[tuple[Change, ...], list[Visit]] = {}
    for visit in day.visits:
        if visit.changes:
            by_change.setdefault(visit.changes, []).append(visit)
    for changes, some in by_change.items():
        ordinary = {change.ordinary.year for change in changes if change.ordinary}
        if year in ordinary | {day.first.year, day.last.year}:
            yield Changed(day, tuple(some), changes)


def title(year: int) -> str:
    """What the sheet is called."""
    return _("Waste collection %(year)d") % {"year": year}
