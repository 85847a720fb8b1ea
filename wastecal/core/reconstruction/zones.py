"""Which streets are emptied together? Streets grouped by the rules that their records fit.

Each street sits at the zones it may belong to, with the share that their records and sizes give,
all others staying where they are (collapsed variational inference). How well a street fits a zone
is exact: its records' probability given all other records of the zone.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from wastecal.core.reconstruction import seats, tables
from wastecal.core.reconstruction.likelihood import Circumstance, Model
from wastecal.core.reconstruction.logarithms import log_sum
from wastecal.core.reconstruction.seats import Seats
from wastecal.core.reconstruction.tables import Said, Zone
from wastecal.core.reconstruction.units import Unit

HOME = 0.97
"""The chance that a street belongs to the zone that the register has it in."""
_SWEEPS = 8
"""How often all streets sit down anew at most: where zones do not hold together they never settle."""
_SETTLING, _SETTLED = 0.7, 0.01
"""They are settling while so much fewer change places each time, and have when hardly any do."""
_FAR = 15.0
"""Zones that explain a street's records so much worse than the best, as a logarithm, are left out."""
_LEAST = 0.1
"""The least share of a street that sits anywhere."""


@dataclass(frozen=True, slots=True)
class Seat:
    """How likely a street belongs to a zone; None stands for one that nobody else is in."""

    zone: Zone | None
    probability: float


def found(units: Sequence[Unit], model: Model, given: Circumstance) -> "Seating":
    """The zones that the units with records fall into.

    Those whose likeliest rules are the same sit together at first. Then zones are taken apart and put
    together where that explains more, and each unit sits down anew, those with the most records first,
    as long as far fewer change places each time.
    """
    said = tables.read(units, model, given)
    seating = Seating(model, said, {unit.name: unit.home for unit in units})
    order = sorted((unit for unit in units if unit.size), key=lambda unit: (-unit.size, unit.name))
    alike: dict[object, Zone] = {}
    for unit in order:
        likeliest = unit.home or tables.likeliest(said[unit.name], model)
        if likeliest not in alike:
            alike[likeliest] = seating.opened(unit.home)
        seating.place(unit.name, {alike[likeliest]: 1.0})
    moving = len(order) + 1
    for _ in range(_SWEEPS):
        before, last = {unit.name: seating.zone_of(unit.name) for unit in order}, moving
        for unit in order:
            seating.seat(unit.name)
        seating.divide()
        seating.merge()
        moving = sum(seating.zone_of(name) is not zone for name, zone in before.items())
        if moving > _SETTLING * last or moving <= _SETTLED * len(order):
            break
    return seating


@dataclass(slots=True, eq=False)
class Seating:
    """Which unit sits in which zones, as far as it has come."""

    model: Model
    said: Mapping[str, Said]
    homes: Mapping[str, str]
    of: dict[str, dict[Zone, float]] = field(default_factory=dict)
    seats: Seats = field(default_factory=Seats)
    _zones: dict[int, Zone] = field(default_factory=dict)
    _by_top: dict[tuple[str, int], dict[int, Zone]] = field(default_factory=lambda: defaultdict(dict))
    _tops: dict[int, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    _by_home: dict[str, Zone] = field(default_factory=dict)

    @property
    def zones(self) -> list[Zone]:
        return [zone for zone in self._zones.values() if zone.members]

    @property
    def log(self) -> float:
        """How likely streets sit so before any record is read, with the ways in which they may."""
        shares = (share for row in self.of.values() for share in row.values())
        freedom = -sum(share * math.log(share) for share in shares if share > 0)
        return freedom + seats.log_of(*self._taken, self.seats.even)

    @property
    def _taken(self) -> tuple[list[float], float]:
        """How large each zone is, and in how many it is likely that anybody sits."""
        found = self.zones
        return [zone.size for zone in found], sum(zone.occupied for zone in found)

    def opened(self, home: str = "") -> Zone:
        zone = Zone(len(self._zones), "" if self._at_home(home) else home)
        self._zones[zone.number] = zone
        if zone.home:
            self._by_home[home] = zone
        return zone

    def zone_of(self, name: str) -> Zone | None:
        """The zone that a unit most likely belongs to; None where it has no records."""
        shares = self.of.get(name, {})
        return max(shares, key=lambda zone: (shares[zone], -zone.number), default=None)

    def place(self, name: str, shares: Mapping[Zone, float]) -> None:
        self.of[name] = dict(shares)
        for zone, share in shares.items():
            zone.join(name, self.said[name], share, self.model)
            self._index(zone)

    def rise(self, name: str) -> dict[Zone, float]:
        """Takes a unit from its places, and tells which they were."""
        shares = self.of.pop(name)
        for zone in shares:
            zone.leave(name, self.said[name])
            self._index(zone)
        return shares

    def seat(self, name: str) -> None:
        self.rise(name)
        choices = self._choices(self.said[name], self.homes[name], everywhere=False)
        best = max(choices, key=lambda seat: seat.probability)
        kept = [seat for seat in choices if seat is best or (seat.zone and seat.probability >= _LEAST)]
        whole = sum(seat.probability for seat in kept)
        self.place(
            name, {seat.zone or self.opened(self.homes[name]): seat.probability / whole for seat in kept}
        )

    def seats_of(self, name: str) -> list[Seat]:
        """The zones a unit may belong to with their probabilities, given where all others sit."""
        shares = self.rise(name)
        choices = self._choices(self.said[name], self.homes[name], everywhere=True)
        self.place(name, shares)
        return sorted(choices, key=lambda seat: -seat.probability)

    def predicts(self, said: Said, home: str) -> float:
        """The logarithm of the probability of a newcomer's records, wherever it may belong."""
        weights = [weight for _, weight in self._weighed(said, home, everywhere=False)]
        total = sum(zone.size + self.seats.even for zone in self.zones) + self.seats.new
        return log_sum(weights) - math.log(total)

    def merge(self) -> None:
        """Puts two zones together wherever that explains their records better."""
        self.seats = seats.learned(*self._taken)
        for alike in [list(group.values()) for group in self._by_top.values() if len(group) > 1]:
            for one, other in combinations(sorted(alike, key=largest_first), 2):
                if one.members and other.members and self._belong_together(one, other):
                    start, goal = (one, other) if other.home else (other, one)
                    self._move(list(start.members), start, goal)
        self.seats = seats.learned(*self._taken)

    def exchange(self, zones: Sequence[Zone], instead: Sequence[Zone]) -> None:
        """Seats all that sit in some zones in others, as these have them."""
        opened = {zone: self.opened() for zone in instead}
        for name in sorted({name for zone in zones for name in zone.members}):
            shares = {zone: share for zone, share in self.rise(name).items() if zone not in zones}
            more = {opened[zone]: share for zone in instead if (share := zone.members.get(name, 0.0))}
            self.place(name, {**shares, **more})
        self.seats = seats.learned(*self._taken)

    def divide(self) -> None:
        """Takes a zone in two wherever some of its units fit another rule together, and better."""
        self.seats = seats.learned(*self._taken)
        for zone in self.zones:
            for container in list(zone.tables):
                leaving = zone.fit_better_elsewhere(container, self.said)
                if 0 < len(leaving) < len(zone.members) and self._are_better_apart(zone, leaving):
                    self._move(leaving, zone, self.opened())

    def _move(self, names: Sequence[str], start: Zone, goal: Zone) -> None:
        for name in names:
            shares = self.rise(name)
            shares[goal] = shares.get(goal, 0.0) + shares.pop(start)
            self.place(name, shares)

    def _are_better_apart(self, zone: Zone, leaving: Sequence[str]) -> bool:
        one, other = Zone(0, ""), Zone(0, "")
        gone = set(leaving)
        for name, share in zone.members.items():
            (one if name in gone else other).join(name, self.said[name], share, self.model)
        return not self._belong_together(one, other)

    def _belong_together(self, one: Zone, other: Zone) -> bool:
        if one.home and other.home:
            return False
        gain = self.seats.gain_of_merging(one.size, other.size)
        shared = one.tables.keys() & other.tables.keys()
        gain += sum(one.tables[name].gain_of_merging(other.tables[name]) for name in shared)
        return gain > 0 and gain > self._freedom(one, other) + self._freedom(other, one)

    def _freedom(self, own: Zone, other: Zone) -> float:
        """In how many ways the units of two zones could as well sit, as a logarithm: one zone is one
        way, two are as many as their units can change places."""
        less, more = math.log(own.size), math.log(other.size)
        total = 0.0
        for name, share in own.members.items():
            said = self.said[name]
            better = more + other.predicts(said, self.model) - less - own.predicts(said, self.model)
            total += share * math.log1p(math.exp(min(better, 0.0)))
        return total

    def _choices(self, said: Said, home: str, everywhere: bool) -> list[Seat]:
        found = list(self._weighed(said, home, everywhere))
        whole = log_sum([weight for _, weight in found])
        return [Seat(zone, math.exp(weight - whole)) for zone, weight in found]

    def _weighed(self, said: Said, home: str, everywhere: bool) -> Iterator[tuple[Zone | None, float]]:
        """Each zone such a unit may join, and a new one (None), with the logarithm of its weight."""
        away = math.log(1 - HOME) if home else 0.0
        own = self._at_home(home)
        stay = math.log(HOME) + math.log(len(self.of) + 1)
        for zone in self._near(said, own, everywhere):
            seat = stay if zone is own else away + math.log(zone.size + self.seats.even)
            yield zone, seat + zone.predicts(said, self.model)
        fresh = stay if home and not own else away + math.log(self.seats.new)
        yield None, fresh + tables.alone(said, self.model)

    def _near(self, said: Said, own: Zone | None, everywhere: bool) -> Iterator[Zone]:
        """The zones that explain the records of a unit about as well as any, and its own.

        Of one or two records all may be wrong: then, asked for `everywhere`, it may belong to a zone
        that none of them is of. Each such zone is unlikely: nobody sits down there, and all are slow to ask.
        """
        fits: dict[int, float] = {}
        for container, words in said.items():
            for candidate, value in words.gains.items():
                if value > 0:
                    for number, zone in self._by_top.get((container, candidate), {}).items():
                        fits[number] = fits.get(number, math.log(zone.size + 1)) + value
        least = max(fits.values(), default=0.0) - _FAR
        if everywhere and least < math.log(len(self.of) + 1):
            fits = {zone.number: math.log(zone.size + 1) for zone in self.zones} | fits
        near = {number for number, fit in fits.items() if fit > least} | ({own.number} if own else set())
        return (self._zones[number] for number in sorted(near))

    def _at_home(self, home: str) -> Zone | None:
        zone = self._by_home.get(home)
        return zone if zone and zone.members else None

    def _index(self, zone: Zone) -> None:
        for key in self._tops.get(zone.number, ()):
            del self._by_top[key][zone.number]
        tops = tuple((container, table.top) for container, table in zone.tables.items())
        self._tops[zone.number] = tops if zone.members else ()
        for key in self._tops[zone.number]:
            self._by_top[key][zone.number] = zone


def largest_first(zone: Zone) -> tuple[float, str]:
    return -zone.size, min(zone.members, default="")
