"""Do rules and holiday moves give back what real towns have printed, nearly without overrides?"""

import csv
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from wastecal.core import recurrence, scopes, shifts
from wastecal.core.recurrence import Rule, Season
from wastecal.core.shifts import Shift
from wastecal.core.spans import Span, plus

DATA = Path(__file__).parents[1] / "data"
TOWNS = ("kleve", "gedling", "area29")

Series = tuple[str, str]  # zone, stream


@dataclass(frozen=True, slots=True)
class Fit:
    """What one town printed, and the rules, the policy and the overrides that give it back."""

    printed: Mapping[Series, list[date]]
    rules: tuple[Rule, ...]
    policy: tuple[Shift, ...]
    overrides: tuple[Mapping[str, Any], ...]


def read_fit(town: str) -> Fit:
    fit = tomllib.loads((DATA / "fits" / f"{town}.toml").read_text("utf-8"))
    rules = [rule for row in fit["rules"] for rule in read_rules(row)]
    policy = [Shift(**{key: as_field(value) for key, value in row.items()}) for row in fit.get("shift", ())]
    return Fit(read_printed(fit["file"]), tuple(rules), tuple(policy), tuple(fit.get("override", ())))


def read_rules(row: Mapping[str, Any]) -> list[Rule]:
    """A rule for each of the zones and streams that share its line."""
    fields = {key: value for key, value in row.items() if key not in ("zones", "streams")}
    if "season" in fields:
        first, last = fields["season"].split("-")
        fields["season"] = Season(int(first), int(last))
    return [Rule(scopes.zone(zone), stream, **fields) for zone in row["zones"] for stream in row["streams"]]


def as_field(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def read_printed(file: str) -> Mapping[Series, list[date]]:
    printed = defaultdict(list)
    with (DATA / "schedules" / file).open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            printed[row["zone"], row["stream"]].append(date.fromisoformat(row["date"]))
    return {series: sorted(days) for series, days in printed.items()}


def planned(fit: Fit, zone: str, stream: str, span: Span) -> list[date]:
    entries = shifts.for_pickup(fit.policy, stream, zone)
    wide = span.widen(shifts.REACH)
    return [
        shifts.shift(nominal, entries).day
        for rule in fit.rules
        if (rule.scope, rule.container) == (scopes.zone(zone), stream)
        for nominal in recurrence.expand(rule, wide)
    ]


def collected(fit: Fit, zone: str, stream: str, span: Span) -> list[date]:
    """Planned dates after overrides, cut to the span; an override that hits nothing is an error."""
    days = planned(fit, zone, stream, span)
    for override in fit.overrides:
        if (override["zone"], override["stream"]) == (zone, stream):
            if "date" in override:
                days.remove(override["date"])
            if "new_date" in override:
                days.append(override["new_date"])
    return sorted(day for day in days if day in span)


@pytest.mark.parametrize("town", TOWNS)
def test_every_printed_date_comes_out_and_no_other(town: str) -> None:
    fit = read_fit(town)
    for (zone, stream), days in fit.printed.items():
        span = Span(days[0], plus(days[-1], 1))
        assert collected(fit, zone, stream, span) == days, (zone, stream)


@pytest.mark.parametrize("town", TOWNS)
def test_at_most_three_percent_of_the_dates_are_overrides(
    town: str, capsys: pytest.CaptureFixture[str]
) -> None:
    fit = read_fit(town)
    dates = sum(map(len, fit.printed.values()))
    share = len(fit.overrides) / dates
    with capsys.disabled():
        print(f"\n{town}: {len(fit.overrides)} of {dates} printed dates by overrides ({share:.1%})")
    assert share <= 0.03


@pytest.mark.parametrize("town", TOWNS)
def test_rules_are_sound_and_no_date_is_listed(town: str) -> None:
    fit = read_fit(town)
    for rule in fit.rules:
        recurrence.check(rule)
        assert not rule.dates
    assert all(shifts.check_move(entry.move) for entry in fit.policy)
    assert not any(shifts.to_target(entry.move) for entry in fit.policy)


@pytest.mark.parametrize(
    ("town", "dates", "moved"), [("kleve", 540, 74), ("gedling", 1100, 41), ("area29", 61, 0)]
)
def test_rules_alone_miss_the_dates_that_holidays_move(town: str, dates: int, moved: int) -> None:
    """The fit is no accident of the rules."""
    fit = read_fit(town)
    bare = Fit(fit.printed, fit.rules, (), ())
    missed = 0
    for (zone, stream), days in fit.printed.items():
        span = Span(days[0], plus(days[-1], 1))
        missed += len(set(days) - set(planned(bare, zone, stream, span)))
    assert (sum(map(len, fit.printed.values())), missed) == (dates, moved)
