"""Is the last third of a real town's year told from some days of the first two?"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bench import schedules
from bench.trials import days_of
from wastecal.core import reconstruction
from wastecal.core.evidence import Evidence
from wastecal.core.reconstruction import Model, findings
from wastecal.core.reconstruction.candidates import Candidate


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
    town = schedules.printed(file)
    model = Model(schedules.defaults(town))
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
    """A line for each town."""
    for file in schedules.TOWNS:
        rows = [forecast(random.Random(seed), file) for seed in range(10)]
        kept, right = sum(row.kept for row in rows), sum(row.kept_right for row in rows)
        moved, told = sum(row.moved for row in rows), sum(row.moved_right for row in rows)
        yield (
            f"{file}: {right / kept:.1%} of {kept} days that were not moved, "
            f"{told} of {moved} moved ones; {sum(row.idle for row in rows)} forecast in vain"
        )
