"""What do all records of a town together say of each of its streets?"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from wastecal.core.reconstruction import (
    doubts,
    histories,
    likelihood,
    posterior,
    sampler,
    splits,
    tables,
    units,
    zones,
)
from wastecal.core.reconstruction.doubts import Other
from wastecal.core.reconstruction.histories import Era, History, Place
from wastecal.core.reconstruction.likelihood import Circumstance, Model, Policy
from wastecal.core.reconstruction.logarithms import log_sum
from wastecal.core.reconstruction.posterior import Posterior
from wastecal.core.reconstruction.sampler import Drawn
from wastecal.core.reconstruction.tables import Zone
from wastecal.core.reconstruction.units import ByContainer, Unit
from wastecal.core.reconstruction.zones import HOME, Seat, Seating

_FEWEST, _MOST, _ENOUGH = 300, 1000, 3000
"""So many units, and about so many of their records, tell how bad a town's records are and how it moves
holidays."""
_UNLIKELY = 0.01
"""Circumstances that are less likely than this are left out."""
_CLOSE = 20.0

_NEVER = 1e-9


@dataclass(frozen=True, slots=True)
class Membership:
    """How likely a unit belongs to a group; `zone` is the name the group goes by, "" for none."""

    zone: str
    probability: float


@dataclass(frozen=True, slots=True)
class Finding:
    """What is known of one container in one unit, in force now; `eras` are those of its zone."""

    present: Posterior
    eras: tuple[Era, ...]


@dataclass(frozen=True, slots=True)
class Street:
    """What is known of one unit; a container of which nothing is known has no finding."""

    unit: Unit
    memberships: tuple[Membership, ...]
    findings: Mapping[str, Finding]


@dataclass(frozen=True, slots=True)
class Town:
    """All units, and the likeliest circumstance: the holiday policy and the noise that explain most."""

    streets: tuple[Street, ...]
    given: Circumstance
    groups: Mapping[str, tuple[str, ...]]
    """The units of each group that has been found, by its name."""


def reconstruct(found: Iterable[Unit], model: Model) -> Town:
    """What is known of every unit, from its own records and from those of its likes."""
    known = [_named(unit, model) for unit in found]
    sample = _sample(known)
    likely = circumstances(sample, model)
    best = max(likely, key=lambda pair: pair[1])[0].given
    seatings = {row.given: row.seating for row, _ in likely} if sample == known else {}
    if best not in seatings:
        seatings[best] = zones.found(known, model, best)
    parts = splits.taken_apart(known, seatings[best], model, best)
    if parts != known:
        seatings = {}
    views = [
        (_View.of(seatings.get(row.given) or zones.found(parts, model, row.given), parts, row.given), chance)
        for row, chance in likely
    ]
    chief = next(view for view, _ in views if view.given == best)
    names = chief.names()
    drawn = _drawn(parts, model, views) if sampler.is_needed(parts) else {}
    streets = tuple(_street(unit, views, chief, names, drawn.get(unit.name, {})) for unit in parts)
    groups = {name: tuple(sorted(zone.members)) for zone, name in names.items()}
    return Town(streets, best, groups)


@dataclass(frozen=True, slots=True)
class Likely:
    """A circumstance that may hold, how likely it is, and the zones that are found under it."""

    given: Circumstance
    log: float
    seating: Seating


def circumstances(known: Sequence[Unit], model: Model) -> list[tuple[Likely, float]]:
    """The likely circumstances with their probabilities, each by the zones that are found under it.

    First each policy, with the noise that a first look shows; then those that may be right with each noise.
    """
    chances = _distinct(known, model)

    def tried(given: Circumstance) -> Likely:
        seating = zones.found(known, model, given)
        return Likely(
            given, math.log(chances[given]) + seating.log + _evidence(seating, known, given), seating
        )

    first = tried(max(chances, key=lambda given: chances[given]))
    levels = {given.level: given for given in chances if given.policy == first.given.policy}
    noise = max(levels, key=lambda level: _evidence(first.seating, known, levels[level]))
    found = {given: tried(given) for given in chances if given.level == noise}
    best = max(row.log for row in found.values())
    close = {given.policy for given, row in found.items() if row.log > best - _CLOSE}
    found |= {given: tried(given) for given in chances if given.policy in close and given.level != noise}
    whole = log_sum([row.log for row in found.values()])
    kept = [(row, chance) for row in found.values() if (chance := math.exp(row.log - whole)) >= _UNLIKELY]
    return [(row, chance / sum(chance for _, chance in kept)) for row, chance in kept]


def _distinct(known: Sequence[Unit], model: Model) -> dict[Circumstance, float]:
    """The circumstances; for those alike on all days of the records stands the likeliest of them."""
    seen = {
        (code, row.date) for unit in known for code, rows in unit.evidence.items() for row in rows.records
    }
    alike: dict[object, Circumstance] = {}
    found: dict[Circumstance, float] = {}
    for given, chance in sorted(model.circumstances, key=lambda pair: -pair[1]):
        days = {code: likelihood.days_of(model, code, given) for code in {code for code, _ in seen}}
        does = frozenset((code, day, days[code].hits(day)) for code, day in seen)
        likeliest = alike.setdefault((given.level, does), given)
        found[likeliest] = found.get(likeliest, 0.0) + chance
    return found


def _evidence(seating: Seating, known: Sequence[Unit], given: Circumstance) -> float:
    """How likely the records are, if the units fall into such zones."""
    by_name = {unit.name: unit for unit in known}
    places = (_evidence_in(zone, by_name) for zone in seating.zones)
    return sum(histories.of_place(place, seating.model, given).evidence for place in places)


def _sample(known: Sequence[Unit]) -> Sequence[Unit]:
    """So many units that they tell how bad the records are and how holidays are moved."""
    records = sum(unit.size for unit in known)
    few = min(_MOST, max(_FEWEST, len(known) * _ENOUGH // max(records, 1)))
    return known[:: max(len(known) // few, 1)]


def _named(unit: Unit, model: Model) -> Unit:
    return replace(unit, evidence=histories.named(unit.evidence, model))


def _evidence_in(zone: Zone, by_name: Mapping[str, Unit]) -> ByContainer:
    """The records of all units in a zone; they weigh by the share that belongs there."""
    members = sorted(zone.members.items())
    return units.together((by_name[name].evidence, share) for name, share in members)


@dataclass(frozen=True, slots=True)
class _View:
    """The zones under one circumstance, and what is known of each."""

    given: Circumstance
    seating: Seating
    places: Mapping[int, Place]
    others: Mapping[str, Sequence[Other]]

    @classmethod
    def of(cls, seating: Seating, known: Sequence[Unit], given: Circumstance) -> "_View":
        others = doubts.settled(seating)
        by_name = {unit.name: unit for unit in known}
        places = {
            zone.number: histories.of_place(_evidence_in(zone, by_name), seating.model, given)
            for zone in seating.zones
        }
        return cls(given, seating, places, others)

    def names(self) -> dict[Zone, str]:
        """What each zone is called: by its name in the register, or by a number, the largest first."""
        found = [zone for zone in self.seating.zones if zone.home or len(zone.members) > 1]
        number = 0
        names: dict[Zone, str] = {}
        for zone in sorted(found, key=zones.largest_first):
            number += not zone.home
            names[zone] = zone.home or f"found-{number}"
        return names

    def seats(self, unit: Unit) -> list[Seat]:
        if unit.size:
            return self.seating.seats_of(unit.name)
        home = next((zone for zone in self.seating.zones if zone.home and zone.home == unit.home), None)
        return [Seat(home, HOME), Seat(None, 1 - HOME)] if home else []

    def answers(self, unit: Unit, container: str, seats: Sequence[Seat]) -> Iterator[tuple[Posterior, float]]:
        """What may be in force, each with its probability: by the zones found, and by all other ways."""
        others = self.others.get(unit.name, ())
        whole = log_sum([0.0, *(other.log for other in others)])
        ways = [math.exp(other.log - whole) for other in others]
        for seat in seats:
            stays = sum(way for way, other in zip(ways, others, strict=True) if seat.zone not in other.places)
            yield self.present(unit, container, seat), seat.probability * (math.exp(-whole) + stays)
        for way, other in zip(ways, others, strict=True):
            leaves = sum(seat.probability for seat in seats if seat.zone in other.places)
            inside = sum(zone.members.get(unit.name, 0.0) for zone in other.instead)
            for zone in other.instead:
                if share := zone.members.get(unit.name, 0.0):
                    yield self._elsewhere(unit, container, zone, share), way * leaves * share / inside

    def _elsewhere(self, unit: Unit, container: str, zone: Zone, share: float) -> Posterior:
        """What is in force in a zone of another way, of which the unit is a share already."""
        said, model = self.seating.said[unit.name], self.seating.model
        return Posterior(
            model.prior(container), tuple(tables.tilted(zone, container, said, model, 1 - share)), 0.0
        )

    def present(self, unit: Unit, container: str, seat: Seat) -> Posterior:
        """What is in force, if the unit belongs there."""
        own = self.seating.zone_of(unit.name)
        zone = own if seat.zone is None and own and len(own.members) == 1 else seat.zone
        if zone is not None and zone in (own, *([] if unit.size else [zone])):
            history = self.places[zone.number].histories.get(container)
            return history.present if history else posterior.nothing(self.seating.model.prior(container))
        tilted = tables.tilted(zone, container, self.seating.said[unit.name], self.seating.model)
        return Posterior(self.seating.model.prior(container), tuple(tilted), 0.0)


def _drawn(parts: Sequence[Unit], model: Model, views: Sequence[tuple[_View, float]]) -> Mapping[str, Drawn]:
    """What is said of each unit over all ways to seat them, the policies mixed by how likely they are."""
    policies: dict[Policy, list[tuple[_View, float]]] = {}
    for view, chance in views:
        policies.setdefault(view.given.policy, []).append((view, chance))
    draws = []
    for policy, rows in policies.items():
        likeliest = max(rows, key=lambda row: row[1])[0].seating
        start = {name: zone for name in likeliest.of if (zone := likeliest.zone_of(name))}
        chance = sum(chance for _, chance in rows)
        draws.append((sampler.averaged(parts, model, policy, start), math.log(chance)))
    return {
        name: {
            code: posterior.mixed([(told[name][code], chance) for told, chance in draws]) for code in drawn
        }
        for name, drawn in draws[0][0].items()
    }


def _street(
    unit: Unit,
    views: Sequence[tuple[_View, float]],
    chief: _View,
    names: Mapping[Zone, str],
    drawn: Drawn,
) -> Street:
    seats = [(view, view.seats(unit), chance) for view, chance in views]
    own = chief.seats(unit)
    zone = chief.seating.zone_of(unit.name) or (own[0].zone if own else None)
    alone = zone if zone and len(zone.members) == 1 else None
    memberships = tuple(
        Membership(names.get(where, "") if (where := seat.zone or alone) else "", seat.probability)
        for seat in own
    )
    known = chief.places[zone.number].histories if zone else {}
    told = _plain(zone, known, drawn) if zone else {}
    findings = {
        code: Finding(told.get(code) or _answered(unit, code, seats), history.eras)
        for code, history in known.items()
        if code
    }
    return Street(unit, memberships, findings)


def _plain(zone: Zone, known: Mapping[str, History], drawn: Drawn) -> Drawn:
    """What was drawn, but of rules that have changed, and where records name no container: these are not."""
    if "" in zone.tables:
        return {}
    return {code: present for code, present in drawn.items() if code in known and len(known[code].eras) == 1}


def _answered(unit: Unit, container: str, seats: Sequence[tuple[_View, Sequence[Seat], float]]) -> Posterior:
    return posterior.mixed(
        [
            (answer, math.log(chance * probability))
            for view, found, chance in seats
            for answer, probability in view.answers(unit, container, found)
            if probability > _NEVER
        ]
    )
