"""How often is a lost rule found, and how sure is it said to be? On real schedules and made towns."""

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter

from bench import forecasts, trials
from bench.rounds import Row, Table
from bench.trials import DEFAULTS, Noise, Tally
from wastecal.core import reconstruction
from wastecal.core.reconstruction import Model

BESIDES = tuple(Noise(besides=share) for share in (0.0, 0.1, 0.4, 0.67))
BY_CHANCE = tuple(Noise(chance=share) for share in (0.1, 0.4))


@dataclass(frozen=True, slots=True)
class Trial:
    """So many records a street of a made town, or of one street `alone`."""

    records: int
    noise: Noise
    alone: bool = False

    @property
    def name(self) -> str:
        where = "one street alone" if self.alone else "streets in zones of 15"
        wrong = (
            f"each wrong with {self.noise.chance:.0%}"
            if self.noise.chance
            else f"{self.noise.besides:.0%} wrong besides"
        )
        return f"{where}, {self.records} records, {wrong}"

    def tally(self) -> Tally:
        return _alone(self) if self.alone else _towns(self)


TRIALS = (
    *(Trial(records, noise) for records in (1, 2, 3, 5, 10) for noise in (*BESIDES, *BY_CHANCE)),
    *(Trial(records, Noise(), alone=True) for records in (1, 2, 3, 6, 12)),
    *(Trial(records, Noise(besides=2 / 3), alone=True) for records in (3, 6, 12)),
    *(Trial(records, Noise(chance=0.4), alone=True) for records in (3, 6, 12)),
)


def report(wanted: Sequence[str] = ()) -> Iterator[str]:
    """All lines, or those in whose name all the `wanted` words are."""
    for trial in TRIALS:
        if all(word in trial.name for word in wanted):
            yield f"{trial.name}: {_line(trial.tally())}"
    if not wanted:
        yield "real towns: five days of a series shown, its last third forecast"
        yield from (f"  {line}" for line in forecasts.report())


def _towns(trial: Trial) -> Tally:
    """With one record a street of more towns: there zones are right or wrong as a whole."""
    tally = Tally()
    for seed in range(24 if trial.records == 1 else 3):
        dice = random.Random(seed)
        trials.in_town(dice, trials.drawn_town(dice, 30, 15), trial.records, trial.noise, tally)
    return tally


def _alone(trial: Trial, count: int = 1000) -> Tally:
    tally, dice = Tally(), random.Random(trial.records)
    for _ in range(count):
        trials.alone(dice, trial.records, trial.noise, tally)
    return tally


def _line(tally: Tally) -> str:
    days = f", days {tally.days_right / tally.days:.1%}" if tally.days else ""
    worst = max((abs(error) for number, error in tally.errors().values() if number >= 1000), default=0.0)
    return (
        f"right {tally.right / tally.trials:.1%}{days}, unsure {tally.unsure / tally.trials:.1%}, "
        f"surely wrong {tally.wrong / tally.trials:.1%}, "
        f"not certain {tally.uncertain / tally.trials:.1%}, "
        f"certain and wrong {tally.certainly_wrong / tally.trials:.2%}, "
        f"calibration error {tally.expected_error:.3f}, worst full bin {worst:.3f}"
    )


def tables() -> Iterator[Table]:
    """How long a large town takes, beside the time it may."""
    taken = _seconds()
    rows = (Row("a minute", 60.0, 1.0), Row("wastecal", taken, 60.0 / taken))
    yield Table("reconstruction", "10,000 streets with 100,000 records, on one core", "s", rows)


def _seconds() -> float:
    dice = random.Random(0)
    units, _ = trials.made(dice, trials.drawn_town(dice, 200, 50), 5, Noise())
    began = perf_counter()
    reconstruction.reconstruct(units, Model(DEFAULTS))
    return perf_counter() - began


if __name__ == "__main__":
    for line in report(sys.argv[1:]):
        print(line, flush=True)
