"""What came out of many trials: how often right, how often unsure, and is what is said said too surely?"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from wastecal.core.reconstruction import findings
from wastecal.core.reconstruction.candidates import Candidate
from wastecal.core.reconstruction.posterior import Posterior

UNSURE = 0.6
"""Below this no days are shown, only possibilities: it says that it does not know."""
CERTAIN = 0.95
"""From this on days are shown like any other."""
LARGE = 10
"""From so many streets on a zone should be found."""
_FULL = 1000


@dataclass(slots=True)
class Bin:
    """What was stated with about the same certainty: how often, the sum of it, and how often rightly."""

    count: int = 0
    stated: float = 0.0
    right: int = 0

    def add(self, other: "Bin") -> None:
        self.count += other.count
        self.stated += other.stated
        self.right += other.right

    @property
    def error(self) -> float:
        """By how much more was right than was stated; negative, where it was stated too surely."""
        return (self.right - self.stated) / self.count if self.count else 0.0


@dataclass(slots=True)
class Tally:
    """What came out of some trials; `bins` by tenths of what was stated."""

    trials: int = 0
    right: int = 0
    large: int = 0
    large_right: int = 0
    unsure: int = 0
    wrong: int = 0
    uncertain: int = 0
    certainly_wrong: int = 0
    days: int = 0
    days_right: int = 0
    bins: tuple[Bin, ...] = field(default_factory=lambda: tuple(Bin() for _ in range(10)))

    def add(self, posterior: Posterior, truth: Candidate, streets: int = 1) -> None:
        """One rule inferred, of a zone of so many streets."""
        rows = findings.possibilities(posterior)
        best, is_right = rows[0].probability, rows[0].candidate == truth
        self.trials += 1
        self.right += is_right
        self.large += streets >= LARGE
        self.large_right += streets >= LARGE and is_right
        self.unsure += best < UNSURE
        self.wrong += best >= UNSURE and not is_right
        self.uncertain += best < CERTAIN
        self.certainly_wrong += best >= CERTAIN and not is_right
        for row in rows:
            place = self.bins[min(int(row.probability * 10), 9)]
            place.add(Bin(1, row.probability, row.candidate == truth))

    @property
    def expected_error(self) -> float:
        """The expected calibration error, over all that was stated."""
        return sum(row.count * abs(row.error) for row in self.bins) / sum(row.count for row in self.bins)


COUNTS = tuple(name for name in Tally.__dataclass_fields__ if name != "bins")


def pooled(tallies: Sequence[Tally]) -> Tally:
    """All trials together."""
    whole = Tally(**{name: sum(getattr(tally, name) for tally in tallies) for name in COUNTS})
    for tally in tallies:
        for into, row in zip(whole.bins, tally.bins, strict=True):
            into.add(row)
    return whole


def worst_bin(tallies: Sequence[Tally]) -> tuple[float, float]:
    """Of the full bins the error that is largest, and its standard error; (0, 0) where none is full.

    The streets of a zone are right or wrong together, so towns are what is drawn: the standard error is that
    of a ratio over towns.
    """
    whole = pooled(tallies)
    full = [number for number, row in enumerate(whole.bins) if row.count >= _FULL]
    if not full:
        return 0.0, 0.0
    worst = max(full, key=lambda number: abs(whole.bins[number].error))
    rows, error = [tally.bins[worst] for tally in tallies], whole.bins[worst].error
    spread = sum((row.right - row.stated - error * row.count) ** 2 for row in rows)
    towns = len(tallies)
    return error, math.sqrt(spread * towns / max(towns - 1, 1)) / whole.bins[worst].count
