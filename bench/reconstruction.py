"""How often is a lost rule found, and how sure is it said to be? On real schedules and made towns."""

import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from time import perf_counter

from bench import forecasts, schedules, tally, trials
from bench.rounds import Row, Table
from bench.tally import Tally
from bench.trials import DEFAULTS, Noise, Town
from wastecal.core import reconstruction
from wastecal.core.reconstruction import Model

BESIDES = tuple(Noise(besides=share) for share in (0.0, 0.1, 0.4, 2 / 3))
BY_CHANCE = tuple(Noise(chance=share) for share in (0.1, 0.4))
NOISES = (None, *BESIDES, *BY_CHANCE)
"""None: drawn for each town as the model expects it."""

MADE, ALIKE, REAL, ALONE = "made town", "15 streets in each zone", "real town", "one street alone"
_ALONE = 100


@dataclass(frozen=True, slots=True)
class Trial:
    """So many records a street, some of them wrong, in some kind of place: a row of the table."""

    place: str
    records: int
    noise: Noise | None

    @property
    def name(self) -> str:
        return f"{self.place} | {self.records} | {_said(self.noise)}"

    @property
    def seeds(self) -> range:
        """One for each town; more with one record a street, for there zones are right or wrong as a whole."""
        towns = 12 if self.records == 1 else 5
        return range({MADE: towns, ALIKE: towns // 3, REAL: 2 * len(schedules.TOWNS), ALONE: 10}[self.place])

    def tally(self, seed: int) -> Tally:
        """One town, or a hundred lone streets; no two rows have the same, so that they may be added up."""
        found, dice = Tally(), random.Random(f"{self.name} {seed}")
        if self.place == ALONE:
            for _ in range(_ALONE):
                trials.alone(dice, self.records, self._drawn_noise(dice), found)
        else:
            trials.in_town(dice, self._town(dice, seed), self.records, self._drawn_noise(dice), found)
        return found

    def _town(self, dice: random.Random, seed: int) -> Town:
        if self.place == REAL:
            return schedules.town(schedules.TOWNS[seed % len(schedules.TOWNS)])
        return trials.drawn_town(dice, 30, 15, alike=self.place == ALIKE)

    def _drawn_noise(self, dice: random.Random) -> Noise:
        return trials.drawn_noise(dice) if self.noise is None else self.noise


def _said(noise: Noise | None) -> str:
    if noise is None:
        return "as expected"
    return f"{noise.chance:.0%} by chance" if noise.chance else f"{noise.besides:.2g} besides"


TRIALS = (
    *(Trial(MADE, records, noise) for records in (1, 2, 3, 5, 10) for noise in NOISES),
    *(Trial(REAL, records, noise) for records in (1, 2, 3, 5) for noise in NOISES),
    *(Trial(ALONE, records, noise) for records in (1, 2, 3, 6, 12) for noise in NOISES),
    *(Trial(ALIKE, records, noise) for records in (1, 3) for noise in NOISES),
)


def report(wanted: Sequence[str] = ()) -> Iterator[str]:
    """A row for each trial in whose name all the `wanted` words are, for each kind of place, and for all."""
    chosen = [trial for trial in TRIALS if all(word in trial.name for word in wanted)]
    yield _HEAD
    yield "|" + " --- |" * (_HEAD.count("|") - 1)
    by_place: defaultdict[str, list[Tally]] = defaultdict(list)
    with ProcessPoolExecutor() as pool:
        waiting = [(trial, [pool.submit(trial.tally, seed) for seed in trial.seeds]) for trial in chosen]
        for trial, jobs in waiting:
            found = [job.result() for job in jobs]
            by_place[trial.place] += found
            yield _line(trial.name, found)
    for place, found in by_place.items():
        yield _line(f"{place} | all | all", found)
    yield _line("all | all | all", [found for rows in by_place.values() for found in rows])
    if not wanted:
        yield "real towns: five days of a series shown, its last third forecast"
        yield from (f"  {line}" for line in forecasts.report())


_HEAD = (
    "| where | records | wrong | rules | right | in zones of ten | next year | unsure | surely wrong "
    "| not certain | certain and wrong | error | worst full bin |"
)


def _line(name: str, found: Sequence[Tally]) -> str:
    whole = tally.pooled(found)
    worst, spread = tally.worst_bin(found)
    cells = (
        name,
        f"{whole.trials:,}",
        _share(whole.right, whole.trials),
        _share(whole.large_right, whole.large),
        _share(whole.days_right, whole.days),
        _share(whole.unsure, whole.trials),
        _share(whole.wrong, whole.trials),
        _share(whole.uncertain, whole.trials),
        _share(whole.certainly_wrong, whole.trials, 2),
        f"{whole.expected_error:.3f}",
        f"{worst * 100:+.1f} ± {spread * 100:.1f}",
    )
    return "| " + " | ".join(cells) + " |"


def _share(part: int, whole: int, digits: int = 1) -> str:
    return f"{part / whole:.{digits}%}" if whole else "-"


def tables() -> Iterator[Table]:
    """How long a large town takes, beside the time it may."""
    taken = _seconds()
    rows = (Row("a minute", 60.0, 1.0), Row("wastecal", taken, 60.0 / taken))
    yield Table("reconstruction", "10,000 streets with 100,000 records, on one core", "s", rows)


def _seconds() -> float:
    dice = random.Random(0)
    units, _ = trials.made(dice, trials.drawn_town(dice, 200, 50, alike=True), 5, Noise())
    began = perf_counter()
    reconstruction.reconstruct(units, Model(DEFAULTS))
    return perf_counter() - began


if __name__ == "__main__":
    for line in report(sys.argv[1:]):
        print(line, flush=True)
