"""Is the last third of a real town's year told from some days of the first two?"""

import csv
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from bench.trials import days_of
from wastecal.core import reconstruction
from wastecal.core.evidence import Evidence
from wastecal.core.reconstruction import Model, findings
from wastecal.core.reconstruction.candidates import INTERVALS, Candidate

SCHEDULES = Path(__file__).resolve().parent.parent / "tests" / "data" / "schedules"
TOWNS = ("de_kleve_2023.csv", "uk_gedling_2025-26.csv", "se_sopkalender_area29.csv")


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
    """A line for each town."""
    for file in TOWNS:
        rows = [forecast(random.Random(seed), file) for seed in range(10)]
        kept, right = sum(row.kept for row in rows), sum(row.kept_right for row in rows)
        moved, told = sum(row.moved for row in rows), sum(row.moved_right for row in rows)
        yield (
            f"{file}: {right / kept:.1%} of {kept} days that were not moved, "
            f"{told} of {moved} moved ones; {sum(row.idle for row in rows)} forecast in vain"
        )
