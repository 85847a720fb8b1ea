"""How likely is each rule, where many ways to seat the streets are about as likely? They are drawn.

With one or two records a street no single way tells how sure one may be. So ways are drawn, each as
often as it is likely: one street after the other sits down by chance (Gibbs sampling), zones part and
join as two of their streets would have it (Dahl 2005), and the noise is drawn as well. What is said
of a street is the mean over all that was drawn.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from wastecal.core.reconstruction import seats, tables
from wastecal.core.reconstruction.likelihood import Circumstance, Model, Policy
from wastecal.core.reconstruction.logarithms import log_of_more, log_sum
from wastecal.core.reconstruction.posterior import Posterior
from wastecal.core.reconstruction.tables import Said, Words, Zone
from wastecal.core.reconstruction.units import Unit
from wastecal.core.reconstruction.zones import HOME

_HOT, _WARM, KEPT = 20, 30, 100
"""Rounds with the worst noise, in which no zone holds together that only chance has made; rounds until
what was begun with is forgotten; and those that count."""
_UNLIKE = 0.2
"""So many pairs of units are drawn at random, the others having some candidate in common."""
_LEAST = 0.01
"""A seat is not asked what it would say, if it is so much less likely than the likeliest."""
_FEW = 2
"""With more records a street, of each container, it is plain where it sits."""
_MOST = 1000
"""To ask more units about all zones takes too long."""
_NO_WORDS = Words(0.0, {})

Drawn = Mapping[str, Posterior]
"""What is said of one unit, by container."""


def is_needed(units: Sequence[Unit]) -> bool:
    """Whether there are few enough records for several ways to seat these units."""
    rows = [evidence for unit in units for evidence in unit.evidence.values()]
    records = sum(len(evidence.records) for evidence in rows)
    return 0 < records <= _FEW * len(rows) and 1 < sum(unit.size > 0 for unit in units) <= _MOST


def averaged(
    units: Sequence[Unit], model: Model, policy: Policy, start: Mapping[str, Zone], kept: int = KEPT
) -> Mapping[str, Drawn]:
    """What is said of each unit with records under one policy, over the ways to seat them.

    `start`: the zone that each sits in at first; one of its own where none is named. `kept`: the rounds that
    count.
    """
    known = sorted((unit for unit in units if unit.size), key=lambda unit: unit.name)
    noises = model.noises(policy)
    said = {given: tables.read(known, model, given) for given in noises}
    hottest = max(noises, key=lambda given: (given.level, not given.besides))
    way = _Way(model, {unit.name: unit.home for unit in known}, said[hottest])
    way.begin(start)
    told = _Sums(model, sorted({code for unit in known for code in unit.evidence if code}))
    for number in range(_HOT + _WARM + kept):
        # One round is much like the next, and to hear takes time: every other is heard.
        way.sit(told if number >= _HOT + _WARM and number % 2 else None)
        way.part_and_join()
        if number >= _HOT:
            way.change_noise(noises, said)
    return told.posteriors()


@dataclass(slots=True)
class _Sums:
    """The sums of what was said of each unit's containers."""

    model: Model
    containers: Sequence[str]
    sums: dict[str, dict[str, list[float]]] = field(default_factory=dict)

    def add(self, name: str, said: Said, rows: Sequence[tuple[Zone, float]]) -> None:
        """What a unit hears of each zone, by how likely it sits there."""
        sums = self.sums.setdefault(name, {})
        least = _LEAST * max(chance for _, chance in rows)
        rows = [(zone, chance) for zone, chance in rows if chance >= least]
        for container in self.containers:
            words = said.get(container, _NO_WORDS)
            before = self.model.prior(container)
            whole = [0.0] * len(before.probabilities)
            for zone, chance in rows:
                table = zone.tables.get(container) or tables.empty(before)
                share = chance / math.exp(table.predicts(words) - words.miss - words.most)
                whole = [one + share * other for one, other in zip(whole, table.shares, strict=True)]
            quiet = math.exp(-words.most)
            heard = [value * quiet for value in whole]
            for candidate, weight in zip(words.gains, words.weights, strict=True):
                heard[candidate] = whole[candidate] * weight
            known = sums.get(container)
            sums[container] = [a + b for a, b in zip(known, heard, strict=True)] if known else heard

    def posteriors(self) -> Mapping[str, Drawn]:
        return {
            name: {code: self._posterior(code, row) for code, row in rows.items()}
            for name, rows in self.sums.items()
        }

    def _posterior(self, container: str, sums: Sequence[float]) -> Posterior:
        whole = sum(sums)
        return Posterior(self.model.prior(container), tuple(value / whole for value in sums), 0.0)


@dataclass(slots=True, eq=False)
class _Way:
    """How all units sit in zones, under one noise; each step changes it by chance."""

    model: Model
    homes: Mapping[str, str]
    said: Mapping[str, Said]
    dice: Random = field(default_factory=lambda: Random(0))  # equal records give equal answers
    zones: dict[int, Zone] = field(default_factory=dict)
    of: dict[str, Zone] = field(default_factory=dict)
    even: float = 1.0
    _opened: int = 0
    _names: list[str] = field(init=False)
    _hits: dict[str, list[tuple[str, int]]] = field(init=False)
    _alike: dict[tuple[str, int], list[str]] = field(init=False)
    """The candidates that explain some record of a unit, and the units by each of them."""

    def __post_init__(self) -> None:
        self._names = list(self.homes)
        self._hits = {
            name: [(code, row) for code, words in self.said[name].items() for row in words.gains]
            for name in self._names
        }
        self._alike = defaultdict(list)
        for name, hits in self._hits.items():
            for hit in hits:
                self._alike[hit].append(name)

    def begin(self, start: Mapping[str, Zone]) -> None:
        zones = {zone: self._new(zone.home) for zone in start.values()}
        for name in self.homes:
            self._seat(name, zones[start[name]] if name in start else self._new(""))

    def sit(self, told: _Sums | None) -> None:
        """Each unit sits down anew, in random order."""
        even = seats.chances_of_even([zone.size for zone in self.zones.values()])
        self.even = self.dice.choices(list(even), list(even.values()))[0]
        for name in self.dice.sample(list(self.of), len(self.of)):
            self._rise(name)
            found = list(self._weighed(name))
            whole = log_sum([weight for _, weight in found])
            rows = [(zone, math.exp(weight - whole)) for zone, weight in found]
            if told:
                told.add(name, self.said[name], rows)
            self._seat(name, self.dice.choices([zone for zone, _ in rows], [share for _, share in rows])[0])

    def change_noise(
        self, noises: Mapping[Circumstance, float], said: Mapping[Circumstance, Mapping[str, Said]]
    ) -> None:
        """The noise is drawn, given who sits where."""
        zones = {given: self._seen_under(said[given]) for given in noises}
        logs = [
            math.log(chance) + _evidence(zones[given].values()) + _missed(said[given])
            for given, chance in noises.items()
        ]
        whole = log_sum(logs)
        given = self.dice.choices(list(noises), [math.exp(log - whole) for log in logs])[0]
        self.said, self.zones = said[given], zones[given]
        self.of = {name: zone for zone in self.zones.values() for name in zone.members}

    def part_and_join(self) -> None:
        """Zones of two units part, or join, as often as that is likely.

        How many are asked must not depend on who sits where, else ways would not be drawn as often as likely.
        """
        for _ in range(len(self._names)):
            one, other = self._pair()
            here, there = self.of[one], self.of[other]
            if one == other or here.home or there.home:
                continue
            if here is there:
                self._part(here, one, other)
            else:
                self._join(here, there, one, other)

    def _pair(self) -> tuple[str, str]:
        """Two units, of which some candidate mostly explains a record of both: whoever sits where, the same
        two are as likely to be drawn."""
        one = self.dice.choice(self._names)
        hits = self._hits[one]
        if not hits or self.dice.random() < _UNLIKE:
            return one, self.dice.choice(self._names)
        return one, self.dice.choice(self._alike[self.dice.choice(hits)])

    def _part(self, zone: Zone, one: str, other: str) -> None:
        rest = [name for name in zone.members if name not in (one, other)]
        left, right, dealt = self._dealt(one, other, rest)
        if self._luck() < -self._gain(left, right, 0) - dealt:
            self._exchange([zone], [left, right])

    def _join(self, here: Zone, there: Zone, one: str, other: str) -> None:
        gain, luck = self._gain(here, there, 1), self._luck()
        if luck > gain:
            return
        rest = [name for name in (*here.members, *there.members) if name not in (one, other)]
        _, _, dealt = self._dealt(one, other, rest, here)
        if luck < gain + dealt:
            self._exchange([here, there], [self._made([*here.members, *there.members])])

    def _luck(self) -> float:
        return math.log(1 - self.dice.random())

    def _gain(self, one: Zone, other: Zone, fewer: int) -> float:
        """By how much one zone is likelier than two, if one leaves so many fewer than now, as a logarithm."""
        count, units = len(self.zones) - fewer, len(self.of)
        sizes = seats.log_of_sizes([one.size + other.size], self.even)
        sizes -= seats.log_of_sizes([one.size, other.size], self.even)
        number = seats.log_of_count(count, units, self.even) - seats.log_of_count(count + 1, units, self.even)
        shared = one.tables.keys() & other.tables.keys()
        fit = sum(one.tables[name].gain_of_merging(other.tables[name]) for name in sorted(shared))
        return number + sizes + fit

    def _dealt(
        self, one: str, other: str, rest: list[str], left: Zone | None = None
    ) -> tuple[Zone, Zone, float]:
        """Two zones begun by two units, the others dealt out by how they fit; and how likely they are dealt
        so, as a logarithm. With `left` they are dealt as they are in it and beside it."""
        self.dice.shuffle(rest)
        here, there, log = self._made([one]), self._made([other]), 0.0
        for name in rest:
            said = self.said[name]
            more = math.log(there.size + self.even) + there.predicts(said, self.model)
            more -= math.log(here.size + self.even) + here.predicts(said, self.model)
            likely = math.exp(-log_of_more(more))
            first = self.dice.random() < likely if left is None else name in left.members
            log -= log_of_more(more if first else -more)
            (here if first else there).join(name, said, 1.0, self.model)
        return here, there, log

    def _made(self, names: Sequence[str]) -> Zone:
        zone = Zone(0, "")
        for name in names:
            zone.join(name, self.said[name], 1.0, self.model)
        return zone

    def _exchange(self, zones: Sequence[Zone], instead: Sequence[Zone]) -> None:
        for zone in zones:
            del self.zones[zone.number]
        for made in instead:
            zone = self._new("")
            zone.members, zone.tables, zone.size = made.members, made.tables, made.size
            self.zones[zone.number] = zone
            self.of.update(dict.fromkeys(zone.members, zone))

    def _weighed(self, name: str) -> Iterator[tuple[Zone, float]]:
        """Each zone the unit may join, and a new one, with the logarithm of its weight."""
        said, home = self.said[name], self.homes[name]
        away, stay = math.log(1 - HOME) if home else 0.0, math.log(HOME * (len(self.of) + 1))
        settled = False
        for zone in self.zones.values():
            own = bool(home) and zone.home == home
            settled = settled or own
            seat = stay if own else away + math.log(zone.size + self.even)
            yield zone, seat + zone.predicts(said, self.model)
        fresh = seats.log_of_new(len(self.zones), len(self.homes), self.even)
        seat = stay if home and not settled else away + fresh
        yield self._new("" if settled else home), seat + tables.alone(said, self.model)

    def _new(self, home: str) -> Zone:
        self._opened += 1
        return Zone(self._opened, home)

    def _seat(self, name: str, zone: Zone) -> None:
        zone.join(name, self.said[name], 1.0, self.model)
        self.of[name] = self.zones[zone.number] = zone

    def _rise(self, name: str) -> None:
        zone = self.of.pop(name)
        zone.leave(name, self.said[name])
        if not zone.members:
            del self.zones[zone.number]

    def _seen_under(self, said: Mapping[str, Said]) -> dict[int, Zone]:
        """The same zones, under another noise."""
        found = {}
        for number, zone in self.zones.items():
            found[number] = Zone(number, zone.home)
            for name in zone.members:
                found[number].join(name, said[name], 1.0, self.model)
        return found


def _evidence(zones: Iterable[Zone]) -> float:
    """The logarithm of the probability of the records in zones that have one rule each."""
    return sum(table.evidence for zone in zones for table in zone.tables.values())


def _missed(said: Mapping[str, Said]) -> float:
    """What the records say for every candidate, as a logarithm."""
    return sum(words.miss for of_unit in said.values() for words in of_unit.values())
