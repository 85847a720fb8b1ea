"""Does the calendar of holidays agree with the law, a printed copy and a library of others?"""

import json
from datetime import date, timedelta
from pathlib import Path

import holidays as library
import pytest

from wastecal.core import holidays

DATA = Path(__file__).parents[1] / "data"
PRINTED = {
    date.fromisoformat(day): name
    for day, name in json.loads((DATA / "holidays_se_2023-2028.json").read_text("utf-8")).items()
}


@pytest.mark.parametrize("year", range(2023, 2029))
def test_a_year_has_the_printed_holidays_and_no_other(year: int) -> None:
    assert dict(holidays.in_year(year)) == {day: name for day, name in PRINTED.items() if day.year == year}


@pytest.mark.parametrize("year", range(2005, 2051))
def test_a_year_has_the_holidays_that_the_library_knows(year: int) -> None:
    theirs = library.country_holidays(
        "SE", years=year, categories=("public", "de_facto"), language="sv", include_sundays=False
    )
    ours = holidays.in_year(year)
    assert set(ours) == set(theirs)
    for day, name in ours.items():
        assert name in theirs[day].split("; ")


def test_thirteen_days_and_three_eves_have_names() -> None:
    assert len(set(holidays.NAMES)) == 16
    assert set(holidays.in_year(2026).values()) == set(holidays.NAMES)


def test_the_days_of_a_year_come_in_order() -> None:
    assert list(holidays.in_year(2027)) == sorted(holidays.in_year(2027))


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 4, 3), "Långfredagen"),
        (date(2026, 6, 19), "Midsommarafton"),
        (date(2026, 10, 31), "Alla helgons dag"),
        (date(2026, 4, 4), None),
        (date(2026, 6, 21), None),
        (date(2008, 5, 1), "Första maj"),
    ],
)
def test_a_day_is_called_by_its_holiday(day: date, name: str | None) -> None:
    assert holidays.name(day) == name


@pytest.mark.parametrize("year", [1, 1582, 4100, 9999])
def test_years_without_easter_have_the_other_eleven(year: int) -> None:
    assert len(holidays.in_year(year)) == 11
    assert "Påskdagen" not in holidays.in_year(year).values()


@pytest.mark.parametrize(("year", "sunday"), [(1583, date(1583, 4, 10)), (4099, date(4099, 4, 19))])
def test_easter_is_known_to_the_edges(year: int, sunday: date) -> None:
    assert holidays.name(sunday) == "Påskdagen"


def test_the_week_over_new_year_holds_its_holidays() -> None:
    assert holidays.in_week(date(2026, 12, 28))
    assert holidays.in_week(date(2027, 1, 3))
    assert not holidays.in_week(date(2027, 1, 11))


def test_a_week_holds_a_holiday_when_one_of_its_days_is_one() -> None:
    monday = date(2024, 1, 1)
    for number in range(366 // 7):
        week = [monday + timedelta(days=7 * number + day) for day in range(7)]
        expected = any(day in PRINTED for day in week)
        assert {holidays.in_week(day) for day in week} == {expected}


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_first_and_last_week_of_the_calendar_can_be_asked(day: date) -> None:
    assert holidays.in_week(day)
