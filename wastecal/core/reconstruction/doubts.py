"""Into which other zones may the streets of one zone, or of two, fall nearly as well?

Two zones with fortnights of the same weekday look much like one zone with a weekly rule, and one zone
may be two. Each such way is weighed: by the probability of the records with each street at either zone
by its shares, rules summed over, and by how likely zones of such sizes are (a variational bound).
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from wastecal.core.reconstruction.logarithms import log_sum
from wastecal.core.reconstruction.tables import Zone, gains
from wastecal.core.reconstruction.zones import Seating, largest_first

Rules = Mapping[str, int]
"""A candidate for each container."""
_ROUNDS = 3
_STEPS = 4
_BETTER = 0.01
"""So much likelier, as a logarithm, another way must be to be taken."""
_UNLIKELY = -7.0
"""Ways that are so much less likely than what was found are left out."""
_APART = -40.0
_WORTH_TRYING = 1.0
_LEAST = 0.01
_SMALLEST = 1.5
"""Fewer streets are no zone here: a street may always be alone."""


@dataclass(frozen=True, slots=True)
class Other:
    """Zones that the streets of `places` may fall into `instead`; `log` is how much likelier that is."""

    places: tuple[Zone, ...]
    instead: tuple[Zone, ...]
    log: float


def settled(seating: Seating) -> Mapping[str, Sequence[Other]]:
    """Takes what is likelier until nothing is; what is left that is nearly as likely, by street."""
    for _ in range(_ROUNDS):
        moved = [_improve(seating, group) for group in list(_groups(seating))]
        if not any(moved):
            break
    found = defaultdict[str, list[Other]](list)
    for group in _groups(seating):
        for other in _others(seating, group):
            if other.log > _UNLIKELY:
                for name in {name for zone in group for name in zone.members}:
                    found[name].append(other)
    return found


def _improve(seating: Seating, group: tuple[Zone, ...]) -> bool:
    if not all(zone.members for zone in group):
        return False
    best = max(_others(seating, group), key=lambda other: other.log, default=None)
    if best is None or best.log <= _BETTER:
        return False
    seating.exchange(best.places, best.instead)
    return True


def _groups(seating: Seating) -> Iterator[tuple[Zone, ...]]:
    """Each zone, and each two that have a likeliest rule in common; those of the register stand."""
    found = sorted((zone for zone in seating.zones if not zone.home), key=largest_first)
    yield from ((zone,) for zone in found if len(zone.members) > 1)
    rules = {zone.number: set(_tops(zone).items()) for zone in found}
    for one, other in combinations(found, 2):
        if rules[one.number] & rules[other.number] and _merging(one, other) > _APART:
            yield one, other


def _merging(one: Zone, other: Zone) -> float:
    shared = one.tables.keys() & other.tables.keys()
    return sum(one.tables[name].gain_of_merging(other.tables[name]) for name in shared)


def _others(seating: Seating, group: tuple[Zone, ...]) -> Iterator[Other]:
    """Every other way that was thought of, each once."""
    mass = defaultdict[str, float](float)
    for zone in group:
        for name, share in zone.members.items():
            mass[name] += share
    now = _log(seating, group)
    known = {_sign(group)}
    for rules in _one(seating, *group) if len(group) == 1 else _two(*group):
        instead = _seated(seating, mass, rules)
        sign = _sign(instead)
        if sign not in known and len(sign) == len(instead) == len(rules):
            known.add(sign)
            yield Other(group, instead, _log(seating, instead) - now)


def _sign(zones: Iterable[Zone]) -> frozenset[tuple[tuple[str, int], ...]]:
    """The likeliest rules: where these are the same it is the same way."""
    return frozenset(tuple(sorted(_tops(zone).items())) for zone in zones)


def _tops(zone: Zone) -> dict[str, int]:
    return {container: table.top for container, table in zone.tables.items()}


def _two(one: Zone, other: Zone) -> Iterator[list[Rules]]:
    """Of two zones: they are one; or one of them has the rules that would explain both."""
    first, second = _tops(one), _tops(other)
    both = {**first, **second}
    for name in first.keys() & second.keys():
        both[name] = one.tables[name].with_other(other.tables[name])
    yield [both]
    if both not in (first, second):
        yield [both, first]
        yield [both, second]


def _one(seating: Seating, zone: Zone) -> Iterator[list[Rules]]:
    """Of one zone: some of its streets have another rule for a container, or all have one of two."""
    now = _tops(zone)
    for container in now:
        by_street = {name: gains(seating.said[name], container) for name in zone.members}
        for best in _better(zone, container, by_street, by_street).values():
            yield [now, {**now, container: best}]
            rest = [name for name, more in by_street.items() if best not in more]
            for second in _better(zone, container, by_street, rest).values():
                yield [{**now, container: best}, {**now, container: second}]


def _better(
    zone: Zone, container: str, by_street: Mapping[str, Mapping[int, float]], names: Iterable[str]
) -> dict[int, int]:
    """The candidate of each interval that explains most so much better than the likeliest does."""
    table = zone.tables[container]
    top = table.top
    better = defaultdict[int, float](float)
    for name in names:
        least = by_street[name].get(top, 0.0)
        for candidate, value in by_street[name].items():
            if value > least:
                better[candidate] += zone.members[name] * (value - least)
    found: dict[int, int] = {}
    for candidate in sorted(better, key=lambda row: (-better[row], row)):
        if better[candidate] >= _WORTH_TRYING:
            found.setdefault(table.before.candidates[candidate].interval, candidate)
    return found


def _seated(seating: Seating, mass: Mapping[str, float], rules: Sequence[Rules]) -> tuple[Zone, ...]:
    """Zones with such rules, where each street sits at each by its share; none if one is nearly empty."""
    fits = {name: [_fit(seating, name, row) for row in rules] for name in mass}
    sizes = [sum(mass.values()) / len(rules)] * len(rules)
    shares: dict[str, list[float]] = {}
    for _ in range(_STEPS if len(rules) > 1 else 1):
        seats = [math.log(size + seating.seats.even) for size in sizes]
        shares = {name: _shares(row, seats) for name, row in fits.items()}
        columns = zip(*([mass[name] * share for share in row] for name, row in shares.items()), strict=True)
        sizes = [sum(column) for column in columns]
    if min(sizes) < _SMALLEST:
        return ()
    found = tuple(Zone(-1, "") for _ in rules)
    for name, row in shares.items():
        for zone, share in zip(found, row, strict=True):
            if share > 0:
                zone.join(name, seating.said[name], share * mass[name], seating.model)
    return found


def _shares(fits: Sequence[float], seats: Sequence[float]) -> list[float]:
    """How much of a street sits at each zone; hardly any is none."""
    logs = [fit + seat for fit, seat in zip(fits, seats, strict=True)]
    whole = log_sum(logs)
    kept = [share if (share := math.exp(value - whole)) >= _LEAST else 0.0 for value in logs]
    return [share / sum(kept) for share in kept]


def _fit(seating: Seating, name: str, rules: Rules) -> float:
    said = seating.said[name]
    return sum(gains(said, container).get(candidate, 0.0) for container, candidate in rules.items())


def _log(seating: Seating, zones: Sequence[Zone]) -> float:
    """How likely the records are if the streets sit so, but for what is the same however they sit."""
    records = sum(table.evidence for zone in zones for table in zone.tables.values())
    freedom = -sum(share * math.log(share) for zone in zones for share in zone.members.values() if share > 0)
    return records + freedom + seating.seats.log_of([zone.size for zone in zones])
