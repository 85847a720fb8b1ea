"""What would a year be like after a write? A dry run: how heavy its days, how long the waits, week 53.

Like the preview it answers once for all addresses that are alike, and counts them.
"""

from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from statistics import mode

from wastecal import answers
from wastecal.core import answer, holidays, spans
from wastecal.core.answer import Answer
from wastecal.core.pickup import Pickup
from wastecal.core.spans import Span
from wastecal.edits import Write
from wastecal.preview import states
from wastecal.preview.groups import Group, groups

MARGIN = 35
"""So many days before and after the span are looked at too: a wait may reach into it."""
AROUND = 4
"""What is usual is seen from so many ordinary days before and after."""
BREAK = 3
"""A wait of more than so many ordinary ones is a season's end, not a gap."""


@dataclass(frozen=True, slots=True)
class Weight:
    """How many addresses have a collection on a day, before and after; `ordinary` are the nominal days
    of what comes then. A window counts on its first day."""

    day: date
    before: int
    after: int
    ordinary: tuple[date, ...]

    @property
    def is_doubled(self) -> bool:
        """Whether collections of two weeks come on the one day."""
        return len({spans.monday(day) for day in self.ordinary}) > 1


@dataclass(frozen=True, slots=True)
class Gap:
    """A wait between two collections that is longer than usual for the container at so many addresses.

    `usual` and `days` count days; `is_new` tells that it is not so long as things are now.
    """

    container: str
    first: date
    last: date
    usual: int
    addresses: int
    zones: tuple[str, ...]
    is_new: bool

    @property
    def days(self) -> int:
        return (self.last - self.first).days


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What a week 53 does to a container: at so many addresses the rhythm goes on, so that odd weeks
    become even ones, or the wait over it is longer or shorter, for they go by the numbers of weeks."""

    container: str
    kept: int = 0
    longer: int = 0
    shorter: int = 0


@dataclass(frozen=True, slots=True)
class Trial:
    """A dry run over `span`. `heaviest` is the heaviest day of all weeks without a holiday, after."""

    span: Span
    weights: tuple[Weight, ...]
    heaviest: int
    gaps: tuple[Gap, ...]
    week_53: date | None
    rhythms: tuple[Rhythm, ...]


def of(write: Write, today: date, span: Span) -> Trial:
    """The dry run of `write` over a span, as asked on `today`."""
    now = answers.known()
    assert now is not None, "nothing can be tried before there is data"
    outcome = states.after(now.register, write)
    wide = span.widen(MARGIN)
    found = _Counting(span, _week_53(span))
    for group in groups(outcome):
        before = answer.of(outcome.before, group.before, wide, today) if group.before else None
        after = answer.of(outcome.after, group.after, wide, today) if group.after else None
        found.add(group, before, after)
    return found.trial()


@dataclass(slots=True)
class _Counting:
    span: Span
    week_53: date | None
    before: Counter[date] = field(default_factory=Counter)
    after: Counter[date] = field(default_factory=Counter)
    ordinary: defaultdict[date, set[date]] = field(default_factory=lambda: defaultdict(set))
    gaps: Counter[tuple[str, date, date, int, bool]] = field(default_factory=Counter)
    zones: defaultdict[tuple[str, date, date, int, bool], set[str]] = field(
        default_factory=lambda: defaultdict(set)
    )
    rhythms: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, group: Group, before: Answer | None, after: Answer | None) -> None:
        self.before.update(dict.fromkeys(_days(before), group.addresses))
        self.after.update(dict.fromkeys(_days(after), group.addresses))
        old, new = _by_container(before), _by_container(after)
        for row in (row for rows in new.values() for row in rows if row.comes and row.nominal):
            self.ordinary[row.date].add(row.nominal or row.date)
        for code, rows in new.items():
            self._add_gaps(group, code, (old.get(code, []), rows))
            self._add_rhythm(group, code, rows)

    def trial(self) -> Trial:
        days = [day for day in sorted({*self.before, *self.after}) if day in self.span]
        weights = tuple(
            Weight(day, self.before[day], self.after[day], tuple(sorted(self.ordinary[day])))
            for day in days
            if self.before[day] != self.after[day] or self.ordinary[day] - {day}
        )
        codes = dict.fromkeys(code for code, _ in self.rhythms)
        return Trial(
            span=self.span,
            weights=weights,
            heaviest=max((self.after[day] for day in days if not holidays.in_week(day)), default=0),
            gaps=tuple(sorted(self._gaps(), key=lambda gap: (-gap.days, gap.first, gap.container))),
            week_53=self.week_53,
            rhythms=tuple(Rhythm(code, *self._rhythm(code)) for code in codes),
        )

    def _add_gaps(self, group: Group, code: str, told: tuple[list[Pickup], list[Pickup]]) -> None:
        place = group.after
        nominals = _nominals(told[1])
        known = {days for days, _ in _waits(told[0])}
        for (first, last), nominal in _waits(told[1]):
            usual, wait = _usual(nominals, first), (last - first).days
            if not usual or wait <= usual or nominal > BREAK * usual or last not in self.span:
                continue
            key = code, first, last, usual, (first, last) not in known
            self.gaps[key] += group.addresses
            self.zones[key].add(place.zone_on(first) if place else "")

    def _gaps(self) -> Iterator[Gap]:
        for key, addresses in self.gaps.items():
            code, first, last, usual, is_new = key
            yield Gap(code, first, last, usual, addresses, tuple(sorted(self.zones[key])), is_new)

    def _add_rhythm(self, group: Group, code: str, rows: list[Pickup]) -> None:
        if self.week_53 is None:
            return
        stop = self.week_53 + timedelta(days=7)
        nominals = _nominals(rows)
        usual = _usual(nominals, self.week_53)
        waits = [
            (last - first).days
            for first, last in pairwise(nominals)
            if first < stop and last >= self.week_53 and (last - first).days <= BREAK * usual
        ]
        if waits:
            odd = next((wait for wait in waits if wait != usual), usual)
            kind = "kept" if odd == usual else "longer" if odd > usual else "shorter"
            self.rhythms[code, kind] += group.addresses

    def _rhythm(self, code: str) -> tuple[int, int, int]:
        return self.rhythms[code, "kept"], self.rhythms[code, "longer"], self.rhythms[code, "shorter"]


def _days(told: Answer | None) -> set[date]:
    return {row.date for row in told.pickups if row.comes} if told else set()


def _by_container(told: Answer | None) -> dict[str, list[Pickup]]:
    found: defaultdict[str, list[Pickup]] = defaultdict(list)
    for row in told.pickups if told else ():
        found[row.container].append(row)
    return found


def _nominals(rows: Iterable[Pickup]) -> list[date]:
    return sorted(row.nominal for row in rows if row.nominal)


def _usual(nominals: list[date], day: date) -> int:
    """The most common number of days from one ordinary day to the next around `day`; 0 for none."""
    place = bisect(nominals, day)
    near = nominals[max(place - AROUND, 0) : place + AROUND]
    waits = [(last - first).days for first, last in pairwise(near)]
    return mode(waits) if waits else 0


def _waits(rows: Iterable[Pickup]) -> Iterator[tuple[tuple[date, date], int]]:
    """((last day, next day at the latest), days between their ordinary days) of what comes, in order."""
    coming = sorted((row for row in rows if row.comes), key=lambda row: (row.date, row.identity))
    for one, other in pairwise(coming):
        ordinary = (other.nominal - one.nominal).days if one.nominal and other.nominal else 0
        yield (one.date, other.last_day), ordinary


def _week_53(span: Span) -> date | None:
    """The Monday of a week 53 within the span."""
    for ordinal in range(span.start.toordinal(), span.stop.toordinal()):
        day = date.fromordinal(ordinal)
        if day.weekday() == 0 and day.isocalendar().week == 53:
            return day
    return None
