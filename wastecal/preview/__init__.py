"""What would a write change, for how many addresses? Said exactly, before anything is published.

The write is made in memory, and addresses that cannot differ are answered for once together: a change
for everyone costs as many answers as there are kinds of address, not as there are addresses.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any

from wastecal import answers
from wastecal.core import answer, changes, holidays, scopes, spans
from wastecal.core.answer import Answer
from wastecal.core.rows import Notice
from wastecal.core.spans import Span
from wastecal.edits import Write
from wastecal.preview import differences, states
from wastecal.preview.differences import Clash, Line, Seen
from wastecal.preview.groups import Group, groups
from wastecal.preview.states import Outcome

__all__ = ["Clash", "Line", "Load", "Preview", "Seen", "of"]

DAYS_WEIGHED = 14
"""Of so many days at most it is said how many addresses they have."""
_WHOLE_TOWN = ("municipality", "containers", "shifts")


@dataclass(frozen=True, slots=True)
class Load:
    """How many addresses have a collection on a day, before and after."""

    day: date
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What a write would change, seen after Edit `edit`.

    `addresses` are those whose answer would differ, `pickups` the collections that would, each
    counted at each address. `lines` say which, before and after, for addresses alike together.
    `standings` are addresses of which other things than days would be said, `notices` pairs of a
    notice and whether it appears. `zones` are those of the addresses. `free` are days off (holidays,
    Saturdays and Sundays) that would get collections, with their names.
    """

    edit: int
    begun: Mapping[str, tuple[Any, ...]]
    ended: Mapping[str, tuple[Any, ...]]
    addresses: int
    pickups: int
    lines: tuple[Line, ...]
    standings: int
    notices: tuple[tuple[Notice, bool], ...]
    clashes: tuple[Clash, ...]
    free: tuple[tuple[date, str], ...]
    loads: tuple[Load, ...]
    zones: frozenset[str]

    @property
    def rows(self) -> tuple[tuple[str, Any], ...]:
        """Every row that begins or ends, with the name of its table."""
        tables = (*self.ended.items(), *self.begun.items())
        return tuple((name, row) for name, rows in tables for row in rows)

    @property
    def for_everyone(self) -> bool:
        """Whether it is said to everyone, or is of what everyone shares."""
        return any(
            name in _WHOLE_TOWN or getattr(row, "scope", "") == scopes.EVERYONE for name, row in self.rows
        )

    @property
    def digest(self) -> str:
        """A short hash of all that it says; the number of the Edit, which changes alone, is not in it."""
        said = replace(self, edit=0, begun=_contents(self.begun), zones=frozenset())
        parts = [repr(getattr(said, name)) for name in said.__slots__ if name != "zones"]
        return sha256("\n".join([*parts, *sorted(self.zones)]).encode()).hexdigest()[:20]


def of(write: Write, today: date, span: Span | None = None) -> Preview:
    """What `write` would change if it were the next Edit, as asked on `today`.

    The span is that of a feed, and wider where the write speaks of earlier or later days.
    """
    now = answers.known()
    assert now is not None, "nothing can be changed before there is data"
    outcome = states.after(now.register, write)
    span = span or _span(outcome, today)
    seen = [_Seen(group, *_answers(outcome, group, today, span)) for group in groups(outcome)]
    changed = [row for row in seen if row.differs]
    lines = differences.lines((row.group, row.before, row.after) for row in changed)
    return Preview(
        edit=now.register.edit,
        begun=outcome.begun,
        ended=outcome.ended,
        addresses=sum(row.group.addresses for row in changed),
        pickups=sum(line.addresses * len(line.containers) for line in lines),
        lines=lines,
        standings=sum(row.group.addresses for row in changed if row.stands_otherwise),
        notices=_notices(outcome),
        clashes=differences.clashes(outcome, [row.group for row in seen]),
        free=_free(lines),
        loads=_loads(seen, lines),
        zones=frozenset(zone for row in changed for zone in row.group.zones),
    )


@dataclass(frozen=True, slots=True)
class _Seen:
    """A group and its answers, where it has any."""

    group: Group
    before: Answer | None
    after: Answer | None

    @property
    def differs(self) -> bool:
        return self.group.renamed or differences.telling(self.before) != differences.telling(self.after)

    @property
    def stands_otherwise(self) -> bool:
        return self.group.renamed or differences.standing(self.before) != differences.standing(self.after)


def _answers(outcome: Outcome, group: Group, today: date, span: Span) -> tuple[Answer | None, Answer | None]:
    before = answer.of(outcome.before, group.before, span, today) if group.before else None
    if not group.touched:
        return before, before
    return before, answer.of(outcome.after, group.after, span, today) if group.after else None


def _span(outcome: Outcome, today: date) -> Span:
    usual = spans.default(today)
    days = [day for rows in (outcome.begun, outcome.ended) for day in _days(rows)]
    days += _days_of_policy(outcome)
    near = [day for day in days if abs((day - today).days) < answers.LONGEST // 2 - 400]
    start, last = min([usual.start, *near]), max([usual.start, *near])
    return Span(start, max(usual.stop, spans.plus(last, 1)))


def _days(tables: Mapping[str, Iterable[Any]]) -> Iterable[date]:
    for row in tables.get("overrides", ()):
        yield from (day for day in (row.date, row.new_date) if day)
    for row in tables.get("notices", ()):
        yield row.shown_from


def _days_of_policy(outcome: Outcome) -> Iterable[date]:
    """The first and the last day of the years of which the holiday policy would say something else."""
    begun, ended = (
        set(map(changes.content, rows.get("shifts", ()))) for rows in (outcome.begun, outcome.ended)
    )
    for year in {year for entry in begun ^ ended for year in entry.years}:
        yield from (date(year, 1, 1), date(year, 12, 31))


def _contents(tables: Mapping[str, tuple[Any, ...]]) -> dict[str, tuple[Any, ...]]:
    return {name: tuple(map(changes.content, rows)) for name, rows in tables.items()}


def _notices(outcome: Outcome) -> tuple[tuple[Notice, bool], ...]:
    ended = ((row, False) for row in outcome.ended.get("notices", ()))
    begun = ((replace(row, key="", edit=0), True) for row in outcome.begun.get("notices", ()))
    return (*ended, *begun)


def _free(lines: Iterable[Line]) -> tuple[tuple[date, str], ...]:
    days = {line.after.date for line in lines if line.after and line.after.comes and line.dated}
    return tuple(
        (day, holidays.name(day) or "") for day in sorted(days) if day.weekday() > 4 or holidays.name(day)
    )


def _loads(seen: Iterable[_Seen], lines: Iterable[Line]) -> tuple[Load, ...]:
    found = {day.date for line in lines for day in (line.before, line.after) if day and line.dated}
    days = sorted(found)[:DAYS_WEIGHED]
    before: Counter[date] = Counter()
    after: Counter[date] = Counter()
    for row in seen:
        before.update(dict.fromkeys(_collected(row.before, days), row.group.addresses))
        after.update(dict.fromkeys(_collected(row.after, days), row.group.addresses))
    return tuple(Load(day, before[day], after[day]) for day in days)


def _collected(told: Answer | None, days: Iterable[date]) -> set[date]:
    if told is None:
        return set()
    return {row.date for row in told.pickups if row.comes} & set(days)
