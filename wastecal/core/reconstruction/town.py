"""What do all records of a town together say of each of its streets?"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from wastecal.core.reconstruction import histories, posterior, splits, tables, units, zones
from wastecal.core.reconstruction.histories import Era, Place
from wastecal.core.reconstruction.likelihood import Circumstance, Model
from wastecal.core.reconstruction.posterior import Posterior, log_sum
from wastecal.core.reconstruction.tables import Zone
from wastecal.core.reconstruction.units import ByContainer, Unit
from wastecal.core.reconstruction.zones import HOME, Seat, Seating

_SAMPLE, _ENOUGH = 1000, 3000
"""So many units, and so many of their records, tell how bad a town's records are and how it moves
holidays."""
_UNLIKELY = 0.01
"""Circumstances that are less likely than this are left out."""


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
    likely = circumstances(known, model)
    best = max(likely, key=lambda pair: pair[1])[0]
    seating = zones.found(known, model, best)
    parts = splits.taken_apart(known, seating, model, best)
    seatings = {best: seating} if parts == known else {}
    views = [
        (_View.of(seatings.get(given) or zones.found(parts, model, given), parts, given), chance)
        for given, chance in likely
    ]
    chief = next(view for view, _ in views if view.given == best)
    names = chief.names()
    streets = tuple(_street(unit, views, chief, names) for unit in parts)
    groups = {name: tuple(sorted(zone.members)) for zone, name in names.items()}
    return Town(streets, best, groups)


def circumstances(known: Sequence[Unit], model: Model) -> list[tuple[Circumstance, float]]:
    """The likely circumstances with their probabilities, given the zones that a first look finds."""
    start = max(model.circumstances, key=lambda pair: pair[1])[0]
    known = known[:: len(known) // _SAMPLE + 1]
    sample = list(_sampled(zones.found(known, model, start).zones, {unit.name: unit for unit in known}))
    logs = [
        math.log(chance) + sum(histories.of_place(zone, model, given).evidence for zone in sample)
        for given, chance in model.circumstances
    ]
    whole = log_sum(logs)
    chances = [math.exp(value - whole) for value in logs]
    likely = zip((given for given, _ in model.circumstances), chances, strict=True)
    kept = [(given, chance) for given, chance in likely if chance >= _UNLIKELY]
    return [(given, chance / sum(chance for _, chance in kept)) for given, chance in kept]


def _named(unit: Unit, model: Model) -> Unit:
    return replace(unit, evidence=histories.named(unit.evidence, model))


def _sampled(found: Iterable[Zone], by_name: Mapping[str, Unit]) -> Iterable[ByContainer]:
    """The evidence of the largest zones, up to enough records."""
    count = 0
    for zone in sorted(found, key=zones.largest_first):
        if count < _ENOUGH:
            yield _evidence_in(zone, by_name)
            count += sum(by_name[name].size for name in zone.members)


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

    @classmethod
    def of(cls, seating: Seating, known: Sequence[Unit], given: Circumstance) -> "_View":
        by_name = {unit.name: unit for unit in known}
        places = {
            zone.number: histories.of_place(_evidence_in(zone, by_name), seating.model, given)
            for zone in seating.zones
        }
        return cls(given, seating, places)

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

    def present(self, unit: Unit, container: str, seat: Seat) -> Posterior:
        """What is in force, if the unit belongs there."""
        own = self.seating.zone_of(unit.name)
        zone = own if seat.zone is None and own and len(own.members) == 1 else seat.zone
        if zone is not None and zone in (own, *([] if unit.size else [zone])):
            history = self.places[zone.number].histories.get(container)
            return history.present if history else posterior.nothing(self.seating.model.prior(container))
        tilted = tables.tilted(zone, container, self.seating.said[unit.name], self.seating.model)
        return Posterior(self.seating.model.prior(container), tuple(tilted), 0.0)


def _street(
    unit: Unit, views: Sequence[tuple[_View, float]], chief: _View, names: Mapping[Zone, str]
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
    findings = {
        container: Finding(
            posterior.mixed(
                [
                    (view.present(unit, container, seat), math.log(chance * seat.probability))
                    for view, found, chance in seats
                    for seat in found
                    if seat.probability > _NEVER
                ]
            ),
            history.eras,
        )
        for container, history in known.items()
        if container
    }
    return Street(unit, memberships, findings)
