"""What have real towns printed? Their days, by zone and stream, and the rules that are behind them."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

from bench.trials import Town, Zone
from wastecal.core.reconstruction.candidates import INTERVALS, Candidate

SCHEDULES = Path(__file__).resolve().parent.parent / "tests" / "data" / "schedules"
TOWNS = ("de_kleve_2023.csv", "uk_gedling_2025-26.csv", "se_sopkalender_area29.csv")
_STREETS = 15

Printed = Mapping[tuple[str, str], Sequence[date]]
"""The days in order, by zone and stream."""


def printed(file: str) -> Printed:
    """Every day that a real town has printed."""
    found = defaultdict(list)
    with (SCHEDULES / file).open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found[row["zone"], row["stream"]].append(date.fromisoformat(row["date"]))
    return {series: sorted(days) for series, days in found.items() if len(days) >= 9}


def defaults(town: Printed) -> dict[str, int]:
    """The usual interval of each stream."""
    by_stream = defaultdict(list)
    for (_, stream), days in town.items():
        by_stream[stream].append(days)
    return {stream: usual_interval(rows) for stream, rows in by_stream.items()}


def usual_interval(series: Iterable[Sequence[date]]) -> int:
    """The interval in weeks that most gaps between days are nearest to: what a town says it is."""
    gaps = [round((after - before).days / 7) for days in series for before, after in pairwise(days)]
    return max(set(gaps) & set(INTERVALS), key=gaps.count)


def rule(days: Sequence[date], weeks: int) -> Candidate:
    """The rule of an interval that most of the days are of; the others have been moved."""
    phases = [day.toordinal() % (7 * weeks) for day in days]
    return Candidate(weeks, max(phases, key=phases.count))


def town(file: str) -> Town:
    """A real town as one to be reconstructed: its zones with fifteen streets each, its days as printed."""
    known = printed(file)
    weeks = defaults(known)
    by_zone: dict[str, dict[str, Sequence[date]]] = defaultdict(dict)
    for (zone, stream), days in known.items():
        by_zone[zone][stream] = days
    zones = [
        Zone({stream: rule(days, weeks[stream]) for stream, days in rows.items()}, rows, _STREETS)
        for rows in by_zone.values()
    ]
    every = [day for days in known.values() for day in days]
    return Town(zones, weeks, None, (min(every), max(every)))
