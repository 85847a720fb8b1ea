"""On which day does the truck come in a week with a holiday? Holiday moves as named data."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import islice

from wastecal.core import holidays, spans

ANY = "*"
REACH = 31
"""No move but `to:` takes a pickup further than so many days; where that is not enough it stays."""
HALF_YEAR = 183
"""Without `years`, `to:` speaks of its holiday's day within so many days of its date alone."""


class Move(StrEnum):
    """What happens to a pickup at a holiday; `to:YYYY-MM-DD` is the one move not in this list."""

    NONE = "none"
    NEXT_WEEKDAY = "next_weekday"
    PREVIOUS_WEEKDAY = "previous_weekday"
    NEAREST_WEEKDAY = "nearest_weekday"
    EARLIER_IN_WEEK = "earlier_in_week"
    LATER_IN_WEEK = "later_in_week"
    MONDAY_OF_WEEK = "monday_of_week"
    FRIDAY_BEFORE = "friday_before"
    SATURDAY_BEFORE = "saturday_before"


@dataclass(frozen=True, slots=True)
class Shift:
    """One entry of the holiday policy.

    `holiday` is a name of the Swedish calendar (eves included), a date, or "*" for any of the
    named ones. Empty `years`, `containers` or `zones` mean all; `years` are those of the holiday.
    """

    holiday: str | date
    move: str
    years: tuple[int, ...] = ()
    containers: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    edit: int = 0
    ended_edit: int | None = None


@dataclass(frozen=True, slots=True)
class Shifted:
    """Where a pickup went: its day after the move, and the holiday that moved it (a name of the
    Swedish calendar, "" for a date that has no name there, None where nothing moved it)."""

    day: date
    reason: str | None = None


_CHAINS = (Move.EARLIER_IN_WEEK, Move.LATER_IN_WEEK)
_TO = re.compile(r"to:([0-9]{4}-[0-9]{2}-[0-9]{2})")
_FRIDAY, _SATURDAY = 4, 5


def check_move(text: str) -> bool:
    """Is `text` a move: a value of Move or `to:` with a date of the calendar?"""
    return text in Move.__members__.values() or to_target(text) is not None


def to_target(move: str) -> date | None:
    """The date that a `to:` move names; None for every other text."""
    named = _TO.fullmatch(move)
    if named is None:
        return None
    try:
        return date.fromisoformat(named[1])
    except ValueError:
        return None


def for_pickup(shifts: Iterable[Shift], container: str, zone: str | None) -> tuple[Shift, ...]:
    """The entries, in order, that bear on this container in this zone (None: in no zone)."""
    return tuple(
        entry
        for entry in shifts
        if (not entry.containers or container in entry.containers)
        and (not entry.zones or zone in entry.zones)
    )


def shift(day: date, entries: tuple[Shift, ...]) -> Shifted:
    """Where a pickup on nominal `day` goes by `entries`, of which the first that matches applies."""
    if holidays.in_week(day) or any(_is_date_in_week(entry, day) for entry in entries):
        return _shifted(day, entries)
    return Shifted(day)


def _is_date_in_week(entry: Shift, day: date) -> bool:
    holiday = entry.holiday
    return isinstance(holiday, date) and -day.weekday() <= (holiday - day).days < 7 - day.weekday()


@lru_cache(maxsize=16384)
def _shifted(day: date, entries: tuple[Shift, ...]) -> Shifted:
    held = held_by(day, entries)
    for entry in entries:
        if entry.move in _CHAINS:
            chain = _chain(entry.move, spans.monday(day), entries)
            if day in chain.moved and any(held_by(h, entries) == entry for h in chain.holidays):
                return _moved(day, chain.moved[day], day if day in chain.holidays else chain.cause)
        elif entry == held:
            return _moved(day, _own_day(entry.move, day, entries), day)
    return Shifted(day)


def _moved(day: date, to: date, cause: date) -> Shifted:
    return Shifted(day) if to == day else Shifted(to, holidays.name(cause) or "")


def held_by(day: date, entries: Iterable[Shift]) -> Shift | None:
    """The entry that holds for the holiday on `day`: the first that names it in its year."""
    return next((entry for entry in entries if names(entry, day)), None)


def names(entry: Shift, day: date) -> bool:
    """Whether the entry speaks of the holiday on `day`, in its year."""
    name = holidays.name(day)
    named = entry.holiday == day or (name is not None and entry.holiday in (name, ANY))
    return named and (day.year in entry.years if entry.years else _is_meant(entry, day))


def _is_meant(entry: Shift, day: date) -> bool:
    """Whether an entry for all years bears on the holiday of this one: one date is in one year only."""
    target = to_target(entry.move)
    return target is None or entry.holiday == day or abs((target - day).days) <= HALF_YEAR


def _is_free(day: date, entries: tuple[Shift, ...]) -> bool:
    """No obstacle: no holiday for which an entry with a move other than `none` holds."""
    return _move_on(day, entries) in (None, Move.NONE)


def _move_on(day: date, entries: tuple[Shift, ...]) -> str | None:
    held = held_by(day, entries)
    return None if held is None else held.move


@dataclass(frozen=True, slots=True)
class _Chain:
    """The holidays that push, the one at the chain's end that names it, and where each day goes."""

    holidays: tuple[date, ...]
    cause: date
    moved: dict[date, date]


@lru_cache(maxsize=4096)
def _chain(move: str, monday: date, entries: tuple[Shift, ...]) -> _Chain:
    week = [monday + timedelta(days=number) for number in range(5)]
    pushing = tuple(day for day in week if _move_on(day, entries) == move)
    if not pushing:
        return _Chain((), monday, {})
    earlier = move == Move.EARLIER_IN_WEEK
    cause = pushing[-1] if earlier else pushing[0]
    moving = [day for day in week if (day <= cause if earlier else day >= cause)]
    if earlier:
        moving.reverse()
    reach = len(moving) - 1 + REACH
    free = _search(cause, -1 if earlier else 1, reach, lambda day: _is_free(day, entries))
    targets = list(islice(free, len(moving)))
    complete = len(targets) == len(moving)
    return _Chain(pushing, cause, dict(zip(moving, targets, strict=True)) if complete else {})


def _own_day(move: str, day: date, entries: tuple[Shift, ...]) -> date:
    weekday = day.weekday()
    match move:
        case Move.NEXT_WEEKDAY:
            return _weekday(day, 1, entries)
        case Move.PREVIOUS_WEEKDAY:
            return _weekday(day, -1, entries)
        case Move.NEAREST_WEEKDAY:
            return _weekday(day, -1 if weekday in (3, 4, 5) else 1, entries)
        case Move.MONDAY_OF_WEEK:
            return spans.monday(day) if weekday else _weekday(day, 1, entries)
        case Move.FRIDAY_BEFORE:
            return _last_before(day, _FRIDAY)
        case Move.SATURDAY_BEFORE:
            return _last_before(day, _SATURDAY)
    return to_target(move) or day


def _weekday(day: date, step: int, entries: tuple[Shift, ...]) -> date:
    """The nearest Monday to Friday in the direction of `step` that is no obstacle."""
    found = _search(day, step, REACH, lambda other: other.weekday() < 5 and _is_free(other, entries))
    return next(found, day)


def _last_before(day: date, weekday: int) -> date:
    return spans.plus(day, -((day.weekday() - weekday - 1) % 7 + 1))


def _search(start: date, step: int, reach: int, wanted: Callable[[date], bool]) -> Iterator[date]:
    """The wanted days from `start` on, in the direction of `step`, within the calendar's years."""
    for distance in range(reach + 1):
        ordinal = start.toordinal() + step * distance
        if 1 <= ordinal <= date.max.toordinal() and wanted(day := date.fromordinal(ordinal)):
            yield day
