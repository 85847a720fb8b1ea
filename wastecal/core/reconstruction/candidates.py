"""Which rules could explain what was seen, and how likely is each before anything was?"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

INTERVALS: Mapping[int, int] = MappingProxyType({1: 4, 2: 8, 3: 1, 4: 4, 6: 1, 8: 2})
"""How likely each interval, in weeks, is against the others where the container has no default."""
DEFAULT_SHARE = 0.85
"""How often a place has its container's default interval."""
WEEKDAYS = (0.19, 0.19, 0.19, 0.19, 0.19, 0.03, 0.02)
"""How likely each weekday is, Monday first."""

_WEEKLY = re.compile(r"FREQ=WEEKLY(?:;INTERVAL=(\d+))?")


@dataclass(frozen=True, slots=True, order=True)
class Candidate:
    """Every `interval` weeks, on the days whose ordinal leaves the remainder `phase` by 7 × interval."""

    interval: int
    phase: int

    @property
    def spacing(self) -> int:
        """The days from one collection to the next."""
        return 7 * self.interval

    @property
    def weekday(self) -> int:
        return (self.phase - 1) % 7  # the day with ordinal 1 was a Monday

    @property
    def rrule(self) -> str:
        return "FREQ=WEEKLY" if self.interval == 1 else f"FREQ=WEEKLY;INTERVAL={self.interval}"

    def first_from(self, day: date) -> date:
        """The first day of the rule on or after `day`."""
        return day + timedelta(days=(self.phase - day.toordinal()) % self.spacing)

    def is_on(self, day: date) -> bool:
        return day.toordinal() % self.spacing == self.phase


@dataclass(frozen=True, slots=True, eq=False)
class Prior:
    """All candidates of one container in a fixed order, and the probability of each; they sum to 1.

    There is one for each question (`prior` keeps them), so identity is equality, and hashing is cheap.
    """

    candidates: tuple[Candidate, ...]
    probabilities: tuple[float, ...]
    starts: tuple[int, ...]
    """Where the candidates of each interval begin."""
    intervals: tuple[int, ...]

    def on(self, nominal: date) -> tuple[tuple[int, int], ...]:
        """(place of the interval, place of the candidate) of each candidate with this nominal day."""
        ordinal = nominal.toordinal()
        return tuple(
            (place, start + ordinal % (7 * interval))
            for place, (start, interval) in enumerate(zip(self.starts, self.intervals, strict=True))
        )


def interval_of(rrule: str) -> int | None:
    """The weeks of a weekly rule; None for every other one."""
    found = _WEEKLY.fullmatch(rrule)
    return int(found[1] or 1) if found else None


@lru_cache(maxsize=64)
def prior(default: int | None, intervals: tuple[int, ...] = tuple(INTERVALS)) -> Prior:
    """The candidates of a container whose default interval is `default` weeks."""
    if default is not None and default not in intervals:
        intervals = tuple(sorted((*intervals, default)))
    shares = _shares(default, intervals)
    candidates = tuple(Candidate(weeks, phase) for weeks in intervals for phase in range(7 * weeks))
    chances = tuple(shares[row.interval] * WEEKDAYS[row.weekday] / row.interval for row in candidates)
    starts = tuple(7 * sum(intervals[:place]) for place in range(len(intervals)))
    return Prior(candidates, chances, starts, intervals)


def _shares(default: int | None, intervals: tuple[int, ...]) -> dict[int, float]:
    others = {weeks: INTERVALS.get(weeks, 1) for weeks in intervals if weeks != default}
    left = 1.0 if default is None else 1 - DEFAULT_SHARE if others else 0.0
    shares = {weeks: left * weight / sum(others.values()) for weeks, weight in others.items()}
    return shares if default is None else {**shares, default: 1 - left}
