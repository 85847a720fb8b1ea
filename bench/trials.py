"""What is shown of a town, and how well is it understood?

Each trial hides a rule, shows some days on which it collected, holiday moves included, with some
wrong days among them or besides, and compares what is inferred with what was hidden.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bench.tally import Tally
from wastecal.core import reconstruction, shifts
from wastecal.core.evidence import Evidence, Source
from wastecal.core.reconstruction import Model, Unit, findings, seats
from wastecal.core.reconstruction.candidates import DEFAULT_SHARE, INTERVALS, Candidate
from wastecal.core.reconstruction.likelihood import EXCEPTION, LEVELS, REACH, WRONG, policies
from wastecal.core.reconstruction.posterior import Posterior
from wastecal.core.reconstruction.units import evidence_of
from wastecal.core.shifts import Shift

SINCE, TODAY, NEXT_YEAR = date(2025, 6, 1), date(2026, 11, 20), date(2027, 11, 20)
DEFAULTS = {"karl-1": 2, "karl-2": 4}


@dataclass(frozen=True, slots=True)
class Noise:
    """So many wrong records `besides` each right one; and each that is shown wrong with some `chance`."""

    besides: float = 0.0
    chance: float = 0.0


@dataclass(frozen=True, slots=True)
class Zone:
    """What is the same for a zone: by container its rule and the days on which the truck came; how many
    streets it has."""

    rules: Mapping[str, Candidate]
    days: Mapping[str, Sequence[date]]
    streets: int


@dataclass(frozen=True, slots=True)
class Town:
    """A town with its zones. `policy` is that of a made town, by which the next year's days are known; `span`
    the first and the last day that records may be of."""

    zones: Sequence[Zone]
    defaults: Mapping[str, int]
    policy: tuple[Shift, ...] | None
    span: tuple[date, date] = (SINCE, TODAY)


def drawn_town(dice: random.Random, zones: int, streets: int, *, alike: bool = False) -> Town:
    """A town drawn as the model takes towns to be, with so many streets in a zone on average.

    With `alike` each zone has just as many, and every pickup keeps to its rule and the policy: the far end
    of what the model expects.
    """
    chances = dict(policies(()))
    policy = dice.choices(list(chances), list(chances.values()))[0]
    rules = [{code: drawn_rule(dice, weeks) for code, weeks in DEFAULTS.items()} for _ in range(zones)]
    sizes = [streets] * zones if alike else drawn_sizes(dice, zones, zones * streets)
    drawn = []
    for row, size in zip(rules, sizes, strict=True):
        days = {code: days_of(rule, policy, SINCE, TODAY) for code, rule in row.items()}
        if size:
            drawn.append(Zone(row, days if alike else with_exceptions(dice, days), size))
    return Town(drawn, DEFAULTS, policy)


def with_exceptions(dice: random.Random, days: Mapping[str, Sequence[date]]) -> Mapping[str, Sequence[date]]:
    """The same with a few that come some days earlier or later, for a reason of their own."""
    others = [number for number in range(-REACH, REACH + 1) if number]
    return {
        code: [
            day + timedelta(days=dice.choice(others)) if dice.random() < EXCEPTION else day for day in rows
        ]
        for code, rows in days.items()
    }


def drawn_sizes(dice: random.Random, zones: int, streets: int) -> list[int]:
    """How many of the streets each zone has, from zones of any sizes to zones of one size."""
    chances = seats.chances_of_even(())
    even = dice.choices(list(chances), list(chances.values()))[0]
    shares = [dice.gammavariate(even, 1.0) for _ in range(zones)]
    seated = dice.choices(range(zones), shares, k=streets)
    return [seated.count(zone) for zone in range(zones)]


def drawn_noise(dice: random.Random) -> Noise:
    """Records as bad as the model expects, by their source and for reasons of the town."""
    levels, chances = zip(*LEVELS, strict=True)
    level = dice.choices(levels, chances)[0]
    return Noise(chance=1 - (1 - WRONG[Source.SMS]) * (1 - level))


def drawn_rule(dice: random.Random, default: int) -> Candidate:
    others = {weeks: chance for weeks, chance in INTERVALS.items() if weeks != default}
    usual = dice.random() < DEFAULT_SHARE
    weeks = default if usual else dice.choices(list(others), list(others.values()))[0]
    monday = date(2026, 1, 5).toordinal()
    phase = (monday + dice.randrange(5) + 7 * dice.randrange(weeks)) % (7 * weeks)
    return Candidate(weeks, phase)


def days_of(rule: Candidate, policy: tuple[Shift, ...], start: date, stop: date) -> list[date]:
    """The days on which the truck comes, after holiday moves."""
    first = rule.first_from(start)
    nominals = (first + timedelta(days=number) for number in range(0, (stop - first).days, rule.spacing))
    return [shifts.shift(day, policy).day for day in nominals]


@dataclass(frozen=True, slots=True)
class Showing:
    """So many `records` of days on which the truck came, and wrong ones of random days of the `span` among
    and beside them."""

    records: int
    noise: Noise
    span: tuple[date, date] = (SINCE, TODAY)

    def of(self, dice: random.Random, street: str, code: str, days: Sequence[date]) -> Iterator[Evidence]:
        extra = self.records * self.noise.besides
        for day in dice.sample(days, min(self.records, len(days))):
            is_wrong = self.noise.chance and dice.random() < self.noise.chance
            yield Evidence(self._any_day(dice) if is_wrong else day, "Mätby", street, container=code)
        for _ in range(int(extra) + (dice.random() < extra - int(extra))):
            yield Evidence(self._any_day(dice), "Mätby", street, container=code)

    def _any_day(self, dice: random.Random) -> date:
        first, last = self.span
        return first + timedelta(days=dice.randrange((last - first).days))


Truth = Mapping[str, Zone]
"""The zone of each street by its scope."""


def made(dice: random.Random, town: Town, records: int, noise: Noise) -> tuple[list[Unit], Truth]:
    """The streets of a town with what is shown of them, and their zones."""
    showing = Showing(records, noise, town.span)
    units: list[Unit] = []
    truth: dict[str, Zone] = {}
    for number, zone in enumerate(town.zones):
        for place in range(zone.streets):
            name = f"Gata {number} {place}"
            rows = [row for code, days in zone.days.items() for row in showing.of(dice, name, code, days)]
            units.append(Unit(f"street:{rows[0].street_slug}", "", evidence_of(rows)))
            truth[units[-1].scope] = zone
    return units, truth


def in_town(dice: random.Random, town: Town, records: int, noise: Noise, tally: Tally) -> None:
    """One town reconstructed; its zones are not told, nor its policy."""
    units, truth = made(dice, town, records, noise)
    found = reconstruction.reconstruct(units, Model(town.defaults))
    for street in found.streets:
        zone = truth[street.unit.scope]
        for code, finding in street.findings.items():
            tally.add(finding.present, zone.rules[code], zone.streets)
            if town.policy is not None:
                days = set(days_of(zone.rules[code], town.policy, TODAY, NEXT_YEAR))
                _compare_days(finding.present, days, found.given.policy, tally)


def _compare_days(posterior: Posterior, expected: set[date], policy: tuple[Shift, ...], tally: Tally) -> None:
    """Next year's days, by the likeliest rule and the likeliest policy."""
    best = findings.possibilities(posterior)[0].candidate
    tally.days += len(expected)
    tally.days_right += len(expected & set(days_of(best, policy, TODAY, NEXT_YEAR)))


def alone(dice: random.Random, records: int, noise: Noise, tally: Tally) -> None:
    """One street of which nothing else is known."""
    zone = drawn_town(dice, 1, 1).zones[0]
    rows = list(Showing(records, noise).of(dice, "Gata", "karl-1", zone.days["karl-1"]))
    present = reconstruction.infer(rows, Model({"karl-1": 2}))["karl-1"].present
    tally.add(present, zone.rules["karl-1"])
