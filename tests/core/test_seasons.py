"""When does a season begin again? Dates and weeks from the printed almanac of 2026 and 2027."""

from dataclasses import replace
from datetime import date

import pytest

from tests import town
from wastecal.core import seasons
from wastecal.core.pickup import Pickup, Status
from wastecal.core.recurrence import Season

GARDEN = town.rule("zone:H1", "04-28", container="tradgard", season=Season(18, 40))
SNOW = town.rule("zone:H1", "11-03", "FREQ=WEEKLY", season=Season(44, 12))


def pickup(day: date, status: Status = Status.PLANNED) -> Pickup:
    return Pickup("tradgard", day, day, day, status=status)


@pytest.mark.parametrize(
    ("today", "begins"),
    [
        ("2026-04-26", "2026-04-28"),  # Sunday of week 17
        ("2026-04-27", None),  # Monday of week 18: the season has begun
        ("2026-09-28", None),  # week 40; emptied on the 29th
        ("2026-09-30", "2027-05-11"),  # week 40, but nothing more comes in it
        ("2026-11-23", "2027-05-11"),  # week 18 of 2027 is the other week
    ],
)
def test_a_season_begins_again_with_its_first_collection(today: str, begins: str | None) -> None:
    expected = date.fromisoformat(begins) if begins else None
    assert seasons.begins(GARDEN, (), date.fromisoformat(today)) == expected


@pytest.mark.parametrize(
    ("today", "begins"),
    [
        ("2026-12-30", None),
        ("2027-03-22", None),
        ("2027-03-24", "2027-11-02"),
        ("2027-06-01", "2027-11-02"),
        ("2026-10-24", "2026-10-27"),
    ],
)
def test_a_season_over_new_year_is_one_season(today: str, begins: str | None) -> None:
    snow = replace(SNOW, anchor=date(2025, 11, 4))
    expected = date.fromisoformat(begins) if begins else None
    assert seasons.begins(snow, (), date.fromisoformat(today)) == expected


def test_the_first_collection_may_have_been_moved() -> None:
    moved = [pickup(date(2027, 5, 12), Status.MOVED), pickup(date(2027, 5, 25))]
    assert seasons.begins(GARDEN, moved, town.TODAY) == date(2027, 5, 12)


def test_a_cancelled_first_collection_does_not_begin_it() -> None:
    rows = [pickup(date(2027, 5, 11), Status.CANCELLED), pickup(date(2027, 5, 25))]
    assert seasons.begins(GARDEN, rows, town.TODAY) == date(2027, 5, 25)


def test_a_rule_without_season_or_that_ends_before_the_next_has_no_beginning() -> None:
    assert seasons.begins(None, (), town.TODAY) is None
    assert seasons.begins(replace(GARDEN, season=None), (), town.TODAY) is None
    assert seasons.begins(replace(GARDEN, valid_until=date(2027, 1, 1)), (), town.TODAY) is None
