"""How does a month look as a grid: seven days a week, each with the signs of what is emptied then?"""

import calendar
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from django.utils import dateformat
from django.utils.translation import gettext, pgettext

from wastecal import words
from wastecal.core import holidays
from wastecal.web.visits import Box, Day, Visit

_FORMS = {"sack": "diamond", "garden": "round"}

_SUNDAY = 6
_MONDAY = date(2027, 1, 4)


@dataclass(frozen=True, slots=True)
class Sign:
    """A container's small sign in a grid: `solid`, `hollow`, `round` or `diamond`, with its letter.

    The form tells containers apart on paper without colour. It follows from the container alone, so
    that a container has the same sign in every street.
    """

    box: Box
    form: str


@dataclass(frozen=True, slots=True)
class Mark:
    """One container on one day of a grid.

    `changed`: it comes, but not as usual. `away`: this is the ordinary day, and the collection has
    moved from it. `note` says in words what the eye sees, and more.
    """

    box: Box
    comes: bool
    changed: bool
    away: bool
    unsure: bool
    preliminary: bool
    note: str

    @property
    def off(self) -> bool:
        """Whether nothing is taken on this day after all."""
        return self.away or not self.comes


@dataclass(frozen=True, slots=True)
class Cell:
    """A day; `red` on Sundays and holidays, of which `holiday` is the name.

    `spoken` is the day in words where there are marks on it; else its number says enough.
    """

    day: date
    spoken: str
    red: bool
    holiday: str
    marks: tuple[Mark, ...]

    @property
    def iso(self) -> str:
        return self.day.isoformat()

    @property
    def changed(self) -> bool:
        return any(mark.changed for mark in self.marks)

    @property
    def unsure(self) -> bool:
        return any(mark.unsure for mark in self.marks)


@dataclass(frozen=True, slots=True)
class Week:
    """Seven cells from Monday on, None for the days of other months; `number` is that of ISO 8601."""

    number: int
    preliminary: bool
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Weekday:
    short: str
    name: str


@dataclass(frozen=True, slots=True)
class MonthGrid:
    """A month with its weeks; `name` is `november`, `words` are `november 2026`."""

    year: int
    month: int
    name: str
    words: str
    weekdays: tuple[Weekday, ...]
    weeks: tuple[Week, ...]

    @property
    def last_iso(self) -> str:
        _, last = calendar.monthrange(self.year, self.month)
        return date(self.year, self.month, last).isoformat()


def grid(year: int, month: int, days: Iterable[Day]) -> MonthGrid:
    """The month with the marks of those of the days, or of the days they moved from, that lie in it."""
    first = date(year, month, 1)
    weeks = calendar.Calendar().monthdatescalendar(year, month)
    shown = weeks[0][0], weeks[-1][-1]
    marks: dict[date, list[Mark]] = {}
    for when, mark in _marks(days):
        if shown[0] <= when <= shown[1]:
            marks.setdefault(when, []).append(mark)
    return MonthGrid(
        year=year,
        month=month,
        name=dateformat.format(first, "F"),
        words=dateformat.format(first, pgettext("date format in Django's letters, a month", "F Y")),
        weekdays=weekdays(),
        weeks=tuple(_week(dates, month, marks) for dates in weeks),
    )


def ahead(today: date, days: Sequence[Day]) -> tuple[MonthGrid, ...]:
    """The months from that of the first day that is not over until that of the last one."""
    if not days:
        return ()
    first, last = max(days[0].first, today), days[-1].first
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return tuple(grid(number // 12, number % 12 + 1, days) for number in numbers)


def sign(box: Box) -> Sign:
    """Bins by turns: Kärl 1 is solid, Kärl 2 hollow."""
    return Sign(box, _FORMS.get(box.shape) or ("hollow", "solid")[ord(box.sign[:1] or "?") % 2])


def _week(dates: list[date], month: int, marks: dict[date, list[Mark]]) -> Week:
    """A week over the end of a month is preliminary in both months' grids."""
    return Week(
        number=dates[0].isocalendar().week,
        preliminary=any(mark.preliminary for day in dates for mark in marks.get(day, ())),
        cells=tuple(_cell(day, marks.get(day, [])) if day.month == month else None for day in dates),
    )


def _cell(day: date, marks: list[Mark]) -> Cell:
    holiday = holidays.name(day)
    return Cell(
        day=day,
        spoken=_spoken(day) if marks else "",
        red=day.weekday() == _SUNDAY or holiday is not None,
        holiday=words.holiday(holiday) if holiday else "",
        marks=tuple(dict.fromkeys(marks)),
    )


def _spoken(day: date) -> str:
    return dateformat.format(day, pgettext("date format in Django's letters, within a month", "l j"))


def _marks(days: Iterable[Day]) -> Iterator[tuple[date, Mark]]:
    """Every mark with its day, those of the days that lost their collection last."""
    lost: list[tuple[date, Mark]] = []
    for day in days:
        for visit in day.visits:
            for number in range((day.last - day.first).days + 1):
                yield day.first + timedelta(days=number), _mark(day, visit)
            lost += _lost(day, visit)
    yield from lost


def _mark(day: Day, visit: Visit) -> Mark:
    return Mark(
        box=visit.box,
        comes=visit.comes,
        changed=visit.comes and bool(visit.changes),
        away=False,
        unsure=visit.tentative,
        preliminary=visit.preliminary,
        note="; ".join(_notes(day, visit)),
    )


def _notes(day: Day, visit: Visit) -> Iterator[str]:
    if day.last > day.first:
        yield day.brief
    yield from (change.words for change in visit.changes)
    if visit.preliminary:
        yield gettext("Preliminary")
    if visit.tentative:
        yield gettext("Uncertain")


def _lost(day: Day, visit: Visit) -> Iterator[tuple[date, Mark]]:
    """A mark for each ordinary day from which the collection moved to another."""
    for change in visit.changes:
        ordinary = change.ordinary
        if ordinary and not day.first <= ordinary <= day.last:
            note = gettext("Moved to %(day)s") % {"day": day.brief}
            yield ordinary, Mark(visit.box, False, False, True, False, visit.preliminary, note)


def weekdays() -> tuple[Weekday, ...]:
    """The weekdays from Monday on, in the active language."""
    return _weekdays(words.language())


@lru_cache(maxsize=32)
def _weekdays(_lang: str) -> tuple[Weekday, ...]:
    """The weekdays in the active language, which is the argument."""
    days = [_MONDAY + timedelta(days=number) for number in range(7)]
    return tuple(Weekday(dateformat.format(day, "D"), dateformat.format(day, "l")) for day in days)
