"""How often is a lost rule found, and how sure is it said to be? On real schedules and made towns.

Each trial hides a rule, shows some days on which it collected, holiday moves included, with some
wrong days among them, and compares what is inferred with what was hidden.
"""

import csv
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from time import perf_counter

from bench.rounds import Row, Table
from wastecal.core import reconstruction, shifts
from wastecal.core.evidence import Evidence
from wastecal.core.reconstruction import Model, Unit, findings
from wastecal.core.reconstruction.candidates import DEFAULT_SHARE, INTERVALS, Candidate
from wastecal.core.reconstruction.likelihood import policies
from wastecal.core.reconstruction.posterior import Posterior
from wastecal.core.reconstruction.units import evidence_of
from wastecal.core.shifts import Shift

SCHEDULES = Path(__file__).resolve().parent.parent / "tests" / "data" / "schedules"
SINCE, TODAY, NEXT_YEAR = date(2025, 6, 1), date(2026, 11, 20), date(2027, 11, 20)
DEFAULTS = {"karl-1": 2, "karl-2": 4}
UNSURE = 0.6
"""Below this no days are shown, only possibilities: it says that it does not know."""


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
    days: int = 0
    days_right: int = 0
    bins: dict[int, list[tuple[float, bool]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, posterior: Posterior, truth: Candidate) -> None:
        rows = findings.possibilities(posterior)
        self.trials += 1
        self.right += rows[0].candidate == truth
        self.unsure += rows[0].probability < UNSURE
        self.wrong += rows[0].probability >= UNSURE and rows[0].candidate != truth
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
    dice: random.Random, street: str, code: str, days: Sequence[date], records: int, wrong: float
) -> Iterator[Evidence]:
    """Right records of as many days, and wrong ones besides: so many for each right one."""
    for day in dice.sample(days, min(records, len(days))):
        yield Evidence(day, "Mätby", street, container=code)
    extra = records * wrong
    for _ in range(int(extra) + (dice.random() < extra - int(extra))):
        day = SINCE + timedelta(days=dice.randrange((TODAY - SINCE).days))
        yield Evidence(day, "Mätby", street, container=code)


Truth = Mapping[str, Mapping[str, Candidate]]
"""The rules of each street by its scope and container."""


def made(dice: random.Random, town: Town, records: int, wrong: float) -> tuple[list[Unit], Truth]:
    """The streets of a town with what is shown of them, and their rules."""
    units: list[Unit] = []
    truth: dict[str, Mapping[str, Candidate]] = {}
    for number, rules in enumerate(town.zones):
        days = {code: days_of(rule, town.policy, SINCE, TODAY) for code, rule in rules.items()}
        for place in range(town.streets):
            name = f"Gata {number} {place}"
            rows = [row for code in rules for row in shown(dice, name, code, days[code], records, wrong)]
            units.append(Unit(f"street:{rows[0].street_slug}", "", evidence_of(rows)))
            truth[units[-1].scope] = rules
    return units, truth


def in_town(dice: random.Random, town: Town, records: int, wrong: float, tally: Tally) -> None:
    """One town reconstructed; its zones are not told, nor its policy."""
    units, truth = made(dice, town, records, wrong)
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


def alone(dice: random.Random, records: int, wrong: float, tally: Tally) -> None:
    """One street of which nothing else is known."""
    town = drawn_town(dice, 1, 1)
    rule = town.zones[0]["karl-1"]
    rows = list(shown(dice, "Gata", "karl-1", days_of(rule, town.policy, SINCE, TODAY), records, wrong))
    present = reconstruction.infer(rows, Model({"karl-1": 2}))["karl-1"].present
    tally.add(present, rule)


def printed(file: str) -> dict[tuple[str, str], list[date]]:
    """Every day that a real town has printed, by zone and stream."""
    found = defaultdict(list)
    with (SCHEDULES / file).open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found[row["zone"], row["stream"]].append(date.fromisoformat(row["date"]))
    return {series: sorted(days) for series, days in found.items() if len(days) >= 9}


def usual_interval(series: Iterable[Sequence[date]]) -> int:
    """The interval in weeks that most gaps between days are nearest to: what a town says it is."""
    gaps = [round((after - before).days / 7) for days in series for before, after in pairwise(days)]
    return max(set(gaps) & set(INTERVALS), key=gaps.count)


@dataclass(frozen=True, slots=True)
class Forecast:
    """Of a real town's days in the last third of its year: how many keep to a rule, and how many of
    those were forecast; the same of those that a holiday or another cause moved; days that were
    forecast and did not come."""

    kept: int
    kept_right: int
    moved: int
    moved_right: int
    idle: int


def forecast(dice: random.Random, file: str, records: int = 5) -> Forecast:
    """Five days of the first two thirds of each series are shown, the last third is forecast."""
    town = printed(file)
    by_stream = defaultdict(list)
    for (_, stream), days in town.items():
        by_stream[stream].append(days)
    model = Model({stream: usual_interval(rows) for stream, rows in by_stream.items()})
    whole = Forecast(0, 0, 0, 0, 0)
    for (zone, stream), days in sorted(town.items()):
        cut = days[0] + (days[-1] - days[0]) * 2 / 3
        early, late = [day for day in days if day <= cut], [day for day in days if day > cut]
        rows = [
            Evidence(day, "Ort", zone, container=stream)
            for day in dice.sample(early, min(records, len(early)))
        ]
        best = findings.possibilities(reconstruction.infer(rows, model)[stream].present)[0].candidate
        whole = _added(whole, best, late)
    return whole


def _added(whole: Forecast, best: Candidate, late: Sequence[date]) -> Forecast:
    """A day is one that was moved where no series of days a whole interval apart has it."""
    expected = set(days_of(best, (), late[0] - timedelta(days=7), late[-1] + timedelta(days=1)))
    weekdays = [day.weekday() for day in late]
    usual = max(set(weekdays), key=weekdays.count)
    kept = {day for day in late if day.weekday() == usual}
    moved = set(late) - kept
    idle = {day for day in expected if late[0] <= day <= late[-1]} - set(late)
    return replace(
        whole,
        kept=whole.kept + len(kept),
        kept_right=whole.kept_right + len(kept & expected),
        moved=whole.moved + len(moved),
        moved_right=whole.moved_right + len(moved & expected),
        idle=whole.idle + max(len(idle) - len(moved), 0),
    )


def report() -> Iterator[str]:
    """All tables, line by line."""
    yield "streets in zones of 15, zones and policy not told: right rule, next year's days, calibration"
    for records in (1, 2, 3, 5, 10):
        for wrong in (0.0, 0.1, 0.4, 0.67):
            tally = _towns(records, wrong, 6 if records == 1 else 3)
            yield f"  {records:>2} records, {wrong:.0%} wrong besides: {_line(tally)}"
    yield "one street alone, no wrong records"
    for records in (1, 2, 3, 6, 12):
        yield f"  {records:>2} records: {_line(_alone(records, 0.0))}"
    yield "one street alone, 40 % of all records wrong"
    for records in (3, 6, 12):
        yield f"  {records:>2} records: {_line(_alone(records, 2 / 3))}"
    yield "real towns: five days of a series shown, its last third forecast"
    for file in ("de_kleve_2023.csv", "uk_gedling_2025-26.csv", "se_sopkalender_area29.csv"):
        rows = [forecast(random.Random(seed), file) for seed in range(10)]
        kept, right = sum(row.kept for row in rows), sum(row.kept_right for row in rows)
        moved, told = sum(row.moved for row in rows), sum(row.moved_right for row in rows)
        yield (
            f"  {file}: {right / kept:.1%} of {kept} days that were not moved, "
            f"{told} of {moved} moved ones; {sum(row.idle for row in rows)} forecast in vain"
        )


def _towns(records: int, wrong: float, towns: int) -> Tally:
    tally = Tally()
    for seed in range(towns):
        dice = random.Random(seed)
        in_town(dice, drawn_town(dice, 30, 15), records, wrong, tally)
    return tally


def _alone(records: int, wrong: float, trials: int = 1000) -> Tally:
    tally, dice = Tally(), random.Random(records)
    for _ in range(trials):
        alone(dice, records, wrong, tally)
    return tally


def _line(tally: Tally) -> str:
    days = f", days {tally.days_right / tally.days:.1%}" if tally.days else ""
    worst = max((abs(error) for number, error in tally.errors().values() if number >= 1000), default=0.0)
    return (
        f"right {tally.right / tally.trials:.1%}{days}, unsure {tally.unsure / tally.trials:.1%}, "
        f"surely wrong {tally.wrong / tally.trials:.1%}, calibration error {tally.expected_error:.3f}, "
        f"worst full bin {worst:.3f}"
    )


def tables() -> Iterator[Table]:
    """How long a large town takes, beside the time it may."""
    taken = _seconds()
    rows = (Row("a minute", 60.0, 1.0), Row("wastecal", taken, 60.0 / taken))
    yield Table("reconstruction", "10,000 streets with 100,000 records, on one core", "s", rows)


def _seconds() -> float:
    dice = random.Random(0)
    units, _ = made(dice, drawn_town(dice, 200, 50), 5, 0.0)
    began = perf_counter()
    reconstruction.reconstruct(units, Model(DEFAULTS))
    return perf_counter() - began


if __name__ == "__main__":
    for line in report():
        print(line, flush=True)
