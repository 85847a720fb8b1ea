"""What is shown of a made town, and how well is it understood?

Each trial hides a rule, shows some days on which it collected, holiday moves included, with some
wrong days among them or besides, and compares what is inferred with what was hidden.
"""

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from wastecal.core import reconstruction, shifts
from wastecal.core.evidence import Evidence
from wastecal.core.reconstruction import Model, Unit, findings
from wastecal.core.reconstruction.candidates import DEFAULT_SHARE, INTERVALS, Candidate
from wastecal.core.reconstruction.likelihood import policies
from wastecal.core.reconstruction.posterior import Posterior
from wastecal.core.reconstruction.units import evidence_of
from wastecal.core.shifts import Shift

SINCE, TODAY, NEXT_YEAR = date(2025, 6, 1), date(2026, 11, 20), date(2027, 11, 20)
DEFAULTS = {"karl-1": 2, "karl-2": 4}
UNSURE = 0.6
"""Below this no days are shown, only possibilities: it says that it does not know."""
CERTAIN = 0.95
"""From this on days are shown like any other."""


@dataclass(frozen=True, slots=True)
class Noise:
    """So many wrong records `besides` each right one; and each that is shown wrong with some `chance`."""

    besides: float = 0.0
    chance: float = 0.0


@dataclass(frozen=True, slots=True)
class Town:
    """A made town: the rules of each zone, by container; how many streets each has; its policy."""

    zones: Sequence[Mapping[str, Candidate]]
    streets: int
    policy: tuple[Shift, ...]


@dataclass(slots=True)
class Tally:
    """What came out of some trials; `bins` has (stated, right) of what was said with each certainty."""

    trials: int = 0
    right: int = 0
    unsure: int = 0
    wrong: int = 0
    uncertain: int = 0
    certainly_wrong: int = 0
    days: int = 0
    days_right: int = 0
    bins: dict[int, list[tuple[float, bool]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, posterior: Posterior, truth: Candidate) -> None:
        rows = findings.possibilities(posterior)
        self.trials += 1
        self.right += rows[0].candidate == truth
        self.unsure += rows[0].probability < UNSURE
        self.wrong += rows[0].probability >= UNSURE and rows[0].candidate != truth
        self.uncertain += rows[0].probability < CERTAIN
        self.certainly_wrong += rows[0].probability >= CERTAIN and rows[0].candidate != truth
        for row in rows:
            self.bins[min(int(row.probability * 10), 9)].append((row.probability, row.candidate == truth))

    def errors(self) -> dict[int, tuple[int, float]]:
        """(trials, share that is right less what was stated) of each bin."""
        return {
            place: (len(rows), sum(right - stated for stated, right in rows) / len(rows))
            for place, rows in sorted(self.bins.items())
        }

    @property
    def expected_error(self) -> float:
        """The expected calibration error, over all that was stated."""
        count = sum(map(len, self.bins.values()))
        return sum(number * abs(error) for number, error in self.errors().values()) / count


def drawn_town(dice: random.Random, zones: int, streets: int) -> Town:
    """A town drawn as the model takes towns to be, but for the sizes of its zones, which are alike."""
    chances = dict(policies(()))
    policy = dice.choices(list(chances), list(chances.values()))[0]
    rules = [{code: drawn_rule(dice, weeks) for code, weeks in DEFAULTS.items()} for _ in range(zones)]
    return Town(rules, streets, policy)


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


def shown(
    dice: random.Random, street: str, code: str, days: Sequence[date], records: int, noise: Noise
) -> Iterator[Evidence]:
    """Records of as many days, and wrong ones of random days among and beside them."""
    extra = records * noise.besides
    for day in dice.sample(days, min(records, len(days))):
        is_wrong = noise.chance and dice.random() < noise.chance
        yield Evidence(_any_day(dice) if is_wrong else day, "Mätby", street, container=code)
    for _ in range(int(extra) + (dice.random() < extra - int(extra))):
        yield Evidence(_any_day(dice), "Mätby", street, container=code)


def _any_day(dice: random.Random) -> date:
    return SINCE + timedelta(days=dice.randrange((TODAY - SINCE).days))


Truth = Mapping[str, Mapping[str, Candidate]]
"""The rules of each street by its scope and container."""


def made(dice: random.Random, town: Town, records: int, noise: Noise) -> tuple[list[Unit], Truth]:
    """The streets of a town with what is shown of them, and their rules."""
    units: list[Unit] = []
    truth: dict[str, Mapping[str, Candidate]] = {}
    for number, rules in enumerate(town.zones):
        days = {code: days_of(rule, town.policy, SINCE, TODAY) for code, rule in rules.items()}
        for place in range(town.streets):
            name = f"Gata {number} {place}"
            rows = [row for code in rules for row in shown(dice, name, code, days[code], records, noise)]
            units.append(Unit(f"street:{rows[0].street_slug}", "", evidence_of(rows)))
            truth[units[-1].scope] = rules
    return units, truth


def in_town(dice: random.Random, town: Town, records: int, noise: Noise, tally: Tally) -> None:
    """One town reconstructed; its zones are not told, nor its policy."""
    units, truth = made(dice, town, records, noise)
    found = reconstruction.reconstruct(units, Model(DEFAULTS))
    for street in found.streets:
        for code, finding in street.findings.items():
            rule = truth[street.unit.scope][code]
            tally.add(finding.present, rule)
            _compare_days(finding.present, rule, town, found.given.policy, tally)


def _compare_days(
    posterior: Posterior, rule: Candidate, town: Town, policy: tuple[Shift, ...], tally: Tally
) -> None:
    """Next year's days, by the likeliest rule and the likeliest policy."""
    expected = set(days_of(rule, town.policy, TODAY, NEXT_YEAR))
    best = findings.possibilities(posterior)[0].candidate
    tally.days += len(expected)
    tally.days_right += len(expected & set(days_of(best, policy, TODAY, NEXT_YEAR)))


def alone(dice: random.Random, records: int, noise: Noise, tally: Tally) -> None:
    """One street of which nothing else is known."""
    town = drawn_town(dice, 1, 1)
    rule = town.zones[0]["karl-1"]
    rows = list(shown(dice, "Gata", "karl-1", days_of(rule, town.policy, SINCE, TODAY), records, noise))
    present = reconstruction.infer(rows, Model({"karl-1": 2}))["karl-1"].present
    tally.add(present, rule)
