"""What does the holiday policy become when holidays are decided? Entries for their years, no others.

The first entry that names a holiday holds, so what is decided stands before what holds in every year,
and what is for some containers or zones before what is for all. Entries of other years stay as they
are, in their order: a year that has been never changes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import product

from wastecal.core import holidays, shifts
from wastecal.core.shifts import ANY, Move, Shift

TWELFTH = ("Nyårsdagen", "Trettondedag jul")
"""Christmas does not end with the year: these two of the next one are decided with it."""
REMEMBERED = 3660
"""So many days back it is looked whether anything that has been would change."""

_CHAINS = (Move.EARLIER_IN_WEEK, Move.LATER_IN_WEEK)


@dataclass(frozen=True, slots=True)
class Decision:
    """How the holidays on `days` go, for some containers and zones, or for all where those are empty.

    `moves` are the days of which something else is decided than what holds now; None lets a day go
    as it does for the others, without anything of its own.
    """

    days: tuple[date, ...]
    moves: Mapping[date, str | None]
    containers: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()

    @property
    def for_some(self) -> bool:
        return bool(self.containers or self.zones)

    def is_of(self, entry: Shift) -> bool:
        """Whether an entry is for the same containers and zones."""
        return set(entry.containers) == set(self.containers) and set(entry.zones) == set(self.zones)


def days_of(year: int) -> tuple[date, ...]:
    """The holidays that are decided together: those of a year, and the end of its Christmas."""
    after = (day for day, name in holidays.in_year(year + 1).items() if name in TWELFTH)
    return (*holidays.in_year(year), *after)


def decided_until(year: int) -> date:
    """The day from which on nothing is decided once those are: the Monday after their last week."""
    last = days_of(year)[-1]
    return last + timedelta(days=7 - last.weekday())


def decide(policy: Sequence[Shift], decision: Decision) -> tuple[Shift, ...]:
    """The policy once the decision is made; `policy` in its order, live entries only."""
    days = tuple(decision.moves) if decision.for_some else decision.days
    block = list(_of_some(policy, decision) if decision.for_some else _of_all(policy, decision))
    rest = [left for entry in policy if (left := _without(entry, days, decision))]
    first = next((n for n, entry in enumerate(rest) if any(shifts.names(entry, day) for day in days)), None)
    place = len(rest) if first is None else first
    return (*rest[:place], *block, *rest[place:])


def own(policy: Iterable[Shift], day: date, decision: Decision) -> Shift | None:
    """The entry that holds for the holiday on `day` among those for just these containers and zones."""
    return shifts.held_by(day, [entry for entry in policy if decision.is_of(entry)])


def first_past_change(
    before: Iterable[Shift], after: Iterable[Shift], today: date, places: tuple[Iterable[str], Iterable[str]]
) -> date | None:
    """The first day before `today` of which the new policy would say something else than the old one.

    `places` are all containers and zones there are.
    """
    old, new = ([replace(row, edit=0, ended_edit=None) for row in rows] for rows in (before, after))
    containers, zones = places
    pairs = {
        (shifts.for_pickup(old, code, zone), shifts.for_pickup(new, code, zone))
        for code, zone in product(containers, (*zones, None))
    }
    found = (day for pair in pairs if pair[0] != pair[1] for day in _changed(*pair, today))
    return min(found, default=None)


def _changed(old: tuple[Shift, ...], new: tuple[Shift, ...], today: date) -> Iterator[date]:
    start = today.toordinal() - REMEMBERED
    for ordinal in range(max(start, 1), today.toordinal() + shifts.REACH + 7):
        day = date.fromordinal(ordinal)
        was, becomes = shifts.shift(day, old), shifts.shift(day, new)
        if was != becomes and min(day, was.day, becomes.day) < today:
            yield day


@dataclass(slots=True)
class _Ordered:
    """Entries by what goes before what in one week: a day's own move before a chain of the whole week,
    that before what held already, and what stays last, for a chain takes it along."""

    ranked: list[tuple[int, int, Shift]] = field(default_factory=list)

    def add(self, rank: int, place: int, entry: Shift) -> None:
        self.ranked.append((rank, place, entry))

    def entries(self) -> Iterator[Shift]:
        return (entry for _, _, entry in sorted(self.ranked, key=lambda row: row[:2]))


def _of_all(policy: Sequence[Shift], decision: Decision) -> Iterator[Shift]:
    """Every day is written down, with what holds for it now where nothing else is decided."""
    yield from _kept_of_some(policy, decision.days)
    found = _Ordered()
    for number, day in enumerate(decision.days):
        held = own(policy, day, decision)
        move = decision.moves.get(day, held.move if held else Move.NONE)
        if day in decision.moves:
            if move is None:
                general = own([entry for entry in policy if not entry.years], day, decision)
                move = general.move if general else Move.NONE
            found.add(_rank(move), number, _entry(day, move))
        else:
            place = next((n for n, entry in enumerate(policy) if entry is held), len(policy))
            found.add(2, place * 100 + number, _entry(day, move or Move.NONE))
    yield from found.entries()


def _of_some(policy: Sequence[Shift], decision: Decision) -> Iterator[Shift]:
    found = _Ordered()
    for number, (day, move) in enumerate(decision.moves.items()):
        if move is None:
            rest = [left for entry in policy if (left := _without(entry, (day,), decision))]
            if own(rest, day, decision) is None:
                continue
            others = own(rest, day, Decision((), {}))
            move = others.move if others else Move.NONE
        entry = replace(_entry(day, move), containers=decision.containers, zones=decision.zones)
        found.add(_rank(move), number, entry)
    yield from found.entries()


def _kept_of_some(policy: Sequence[Shift], days: Iterable[date]) -> Iterator[Shift]:
    """What is for some only goes on standing before what is decided for all."""
    wanted = tuple(days)
    done: set[date] = set()
    for entry in policy:
        for day in wanted:
            if day in done or not shifts.names(entry, day):
                continue
            if entry.containers or entry.zones:
                yield replace(_entry(day, entry.move), containers=entry.containers, zones=entry.zones)
            else:
                done.add(day)


def _without(entry: Shift, days: Iterable[date], decision: Decision) -> Shift | None:
    """The entry without what is decided anew; what is for all years stays, for it stands behind."""
    named = [day for day in days if shifts.names(entry, day)]
    mine = decision.is_of(entry) or not decision.for_some
    if not named or not mine:
        return entry
    if isinstance(entry.holiday, date):
        return None
    if not entry.years or not _is_whole(entry, named):
        return entry
    years = tuple(year for year in entry.years if year not in {day.year for day in named})
    return replace(entry, years=years) if years else None


def _is_whole(entry: Shift, named: Iterable[date]) -> bool:
    """Whether these days are all that the entry speaks of in their years."""
    if entry.holiday != ANY:
        return True
    return set(named) >= {day for year in {day.year for day in named} for day in holidays.in_year(year)}


def _entry(day: date, move: str) -> Shift:
    return Shift(holidays.name(day) or day, str(move), () if holidays.name(day) is None else (day.year,))


def _rank(move: str) -> int:
    return 3 if move == Move.NONE else 1 if move in _CHAINS else 0
