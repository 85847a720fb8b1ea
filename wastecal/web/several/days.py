"""On which days is something emptied at any of several addresses, and at which?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wastecal.core.answer import Answer
from wastecal.web import visits
from wastecal.web.visits import Visit


@dataclass(frozen=True, slots=True)
class Group:
    """What is emptied alike at some houses; `everywhere`: at all that were asked for."""

    visits: tuple[Visit, ...]
    houses: tuple[str, ...]
    everywhere: bool


@dataclass(frozen=True, slots=True)
class Day:
    first: date
    words: str
    groups: tuple[Group, ...]


def together(answers: Sequence[Answer], houses: Sequence[str], today: date) -> tuple[Day, ...]:
    """The days that are not over, in order, each with all houses that have something on it."""
    found: dict[tuple[date, date], list[tuple[str, visits.Day]]] = {}
    for answer, house in zip(answers, houses, strict=True):
        for day in visits.upcoming(answer, answer.pickups, today):
            found.setdefault((day.first, day.last), []).append((house, day))
    return tuple(_day(found[days], len(answers)) for days in sorted(found))


def _day(rows: Sequence[tuple[str, visits.Day]], number: int) -> Day:
    alike: dict[tuple[Visit, ...], list[str]] = {}
    for house, day in rows:
        alike.setdefault(day.visits, []).append(house)
    groups = (Group(each, tuple(houses), len(houses) == number > 1) for each, houses in alike.items())
    first = rows[0][1]
    return Day(first.first, first.words, tuple(groups))
