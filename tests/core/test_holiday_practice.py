"""Can what Swedish municipalities print or tell about holidays and week 53 be written as data?"""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from wastecal.core import holidays, recurrence, shifts
from wastecal.core.recurrence import Rule, Season
from wastecal.core.shifts import Shift
from wastecal.core.spans import Span

DATA = Path(__file__).parents[1] / "data"
CASES = {
    case["place"].split()[0]: case
    for case in json.loads((DATA / "holiday_shifts.json").read_text("utf-8"))["cases"]
}
ELSE_AS_USUAL = Shift("*", "none")

KUMLA = (
    Shift("Långfredagen", "earlier_in_week"),
    Shift("Midsommarafton", "earlier_in_week"),
    Shift("Julafton", "earlier_in_week"),
    Shift("Juldagen", "earlier_in_week"),
    ELSE_AS_USUAL,
)
TRELLEBORG = (Shift("Nyårsdagen", "later_in_week"), ELSE_AS_USUAL)
ALVESTA = (
    Shift("Juldagen", "next_weekday", years=(2026,)),  # three in a row: announced for the case
    Shift("Midsommarafton", "none"),
    Shift("Julafton", "none"),
    Shift("Nyårsafton", "none"),
    Shift("*", "nearest_weekday"),
)
GOTEBORG = (
    Shift("Långfredagen", "earlier_in_week"),
    Shift("Julafton", "earlier_in_week"),
    Shift("Juldagen", "earlier_in_week"),
    Shift("Annandag påsk", "later_in_week"),
    Shift("Nyårsdagen", "later_in_week"),
    ELSE_AS_USUAL,
)
HASSLEHOLM = (
    Shift("Långfredagen", "previous_weekday"),
    Shift("Annandag påsk", "next_weekday"),
    Shift("Midsommarafton", "previous_weekday"),
    Shift("Julafton", "previous_weekday"),
    Shift("Juldagen", "later_in_week"),
    Shift("Nyårsafton", "previous_weekday"),
    Shift("Nyårsdagen", "later_in_week"),
    ELSE_AS_USUAL,
)
AVESTA = (ELSE_AS_USUAL,)


def days(*texts: str) -> tuple[date, ...]:
    return tuple(map(date.fromisoformat, texts))


def moves(policy: tuple[Shift, ...], span: Span) -> dict[str, str]:
    """Every Monday to Friday of the span that is not collected on its day, and its new day."""
    every_day = (span.start + timedelta(days=number) for number in range(span.days))
    found = {day: shifts.shift(day, policy).day for day in every_day if day.weekday() < 5}
    return {str(day): str(to) for day, to in found.items() if day != to}


def printed(case: dict[str, Any]) -> dict[str, str]:
    return {**case["moved"], **{day: day for day in case["unmoved_though_holiday"]}}


@pytest.mark.parametrize(("place", "policy"), [("Kumla", KUMLA), ("Trelleborg", TRELLEBORG)])
def test_what_was_printed_comes_out_of_the_policy(place: str, policy: tuple[Shift, ...]) -> None:
    expected = printed(CASES[place])
    assert {day: str(shifts.shift(date.fromisoformat(day), policy).day) for day in expected} == expected


@pytest.mark.parametrize(("place", "policy"), [("Kumla", KUMLA), ("Trelleborg", TRELLEBORG)])
def test_nothing_else_moves_in_the_printed_year(place: str, policy: tuple[Shift, ...]) -> None:
    assert moves(policy, Span(date(2018, 12, 31), date(2020, 1, 1))) == CASES[place]["moved"]


def test_alvesta_moves_early_days_on_and_late_days_back() -> None:
    assert moves(ALVESTA, Span(date(2026, 1, 1), date(2027, 1, 1))) == {
        "2026-01-01": "2025-12-31",
        "2026-01-06": "2026-01-07",
        "2026-04-03": "2026-04-02",
        "2026-04-06": "2026-04-07",
        "2026-05-01": "2026-04-30",
        "2026-05-14": "2026-05-13",
        "2026-12-25": "2026-12-28",
    }


def test_goteborg_moves_weeks_both_ways_and_at_most_two_days_back() -> None:
    assert moves(GOTEBORG, Span(date(2026, 3, 30), date(2027, 1, 8))) == {
        "2026-03-30": "2026-03-29",
        "2026-03-31": "2026-03-30",
        "2026-04-01": "2026-03-31",
        "2026-04-02": "2026-04-01",
        "2026-04-03": "2026-04-02",
        "2026-04-06": "2026-04-07",
        "2026-04-07": "2026-04-08",
        "2026-04-08": "2026-04-09",
        "2026-04-09": "2026-04-10",
        "2026-04-10": "2026-04-11",
        "2026-12-21": "2026-12-19",
        "2026-12-22": "2026-12-20",
        "2026-12-23": "2026-12-21",
        "2026-12-24": "2026-12-22",
        "2026-12-25": "2026-12-23",
        "2027-01-01": "2027-01-02",
    }


def test_hassleholm_moves_by_a_day_at_its_three_feasts() -> None:
    assert moves(HASSLEHOLM, Span(date(2026, 1, 7), date(2027, 1, 8))) == {
        "2026-04-03": "2026-04-02",
        "2026-04-06": "2026-04-07",
        "2026-06-19": "2026-06-18",
        "2026-12-24": "2026-12-23",
        "2026-12-25": "2026-12-26",
        "2026-12-31": "2026-12-30",
        "2027-01-01": "2027-01-02",
    }


@pytest.mark.parametrize("year", [2025, 2026, 2027])
def test_avesta_collects_on_every_holiday(year: int) -> None:
    assert all(shifts.shift(day, AVESTA).day == day for day in holidays.in_year(year))
    assert moves(AVESTA, Span(date(year, 1, 1), date(year + 1, 1, 1))) == {}


def weeks(first: int, step: int, last: int = 53) -> str:
    return "FREQ=YEARLY;BYDAY=TU;BYWEEKNO=" + ",".join(map(str, range(first, last + 1, step)))


def dates(anchor: date, rrule: str, span: Span, season: Season | None = None) -> tuple[date, ...]:
    rule = Rule("everyone", "karl-1", anchor, rrule, season=season)
    recurrence.check(rule)
    return recurrence.expand(rule, span)


FORTNIGHT = "FREQ=WEEKLY;INTERVAL=2"
WINTER_2020 = Span(date(2020, 12, 1), date(2021, 2, 1))
WINTER_2026 = Span(date(2026, 12, 1), date(2027, 2, 20))


def test_a_fortnight_and_odd_weeks_part_at_week_53() -> None:
    """28 December 2026 to 3 January 2027 is week 53; the next week is week 1, odd again."""
    together = days("2026-12-01", "2026-12-15", "2026-12-29")
    assert dates(date(2026, 12, 1), FORTNIGHT, WINTER_2026) == together + days(
        "2027-01-12", "2027-01-26", "2027-02-09"
    )
    assert dates(date(2026, 12, 1), weeks(1, 2), WINTER_2026) == together + days(
        "2027-01-05", "2027-01-19", "2027-02-02", "2027-02-16"
    )


def test_even_weeks_have_a_gap_of_three_weeks_at_week_53() -> None:
    assert dates(date(2026, 12, 8), weeks(2, 2), WINTER_2026) == days(
        "2026-12-08", "2026-12-22", "2027-01-12", "2027-01-26", "2027-02-09"
    )


def test_the_friday_of_week_53_lies_in_the_next_year() -> None:
    fridays = weeks(1, 2).replace("TU", "FR")
    assert dates(date(2026, 12, 4), fridays, WINTER_2026)[:4] == days(
        "2026-12-04", "2026-12-18", "2027-01-01", "2027-01-08"
    )


def test_ystad_keeps_its_fortnight_so_odd_weeks_become_even() -> None:
    found = dates(date(2020, 1, 7), FORTNIGHT, WINTER_2020)
    assert found == days("2020-12-08", "2020-12-22", "2021-01-05", "2021-01-19")
    assert [day.isocalendar().week for day in found] == [50, 52, 1, 3]


def test_ystads_months_are_weeks_that_also_a_turn_of_four_weeks_gives() -> None:
    year = Span(date(2021, 1, 4), date(2022, 1, 3))
    for first, anchor in ((2, date(2021, 1, 12)), (1, date(2021, 1, 5))):
        listed = dates(anchor, weeks(first, 4, 50), year)
        assert len(listed) == 13
        assert listed == dates(anchor, "FREQ=WEEKLY;INTERVAL=4", year)


def test_ystads_summer_is_weeks_20_to_39() -> None:
    summer = dates(date(2021, 1, 5), FORTNIGHT, Span(date(2021, 1, 1), date(2022, 1, 1)), Season(20, 39))
    assert (summer[0], summer[-1], len(summer)) == (date(2021, 5, 25), date(2021, 9, 28), 10)


def test_lunds_bins_swap_weeks_and_its_garden_waste_does_not() -> None:
    bins = dates(date(2020, 12, 1), FORTNIGHT, WINTER_2020)
    assert bins == days("2020-12-01", "2020-12-15", "2020-12-29", "2021-01-12", "2021-01-26")
    garden = dates(date(2020, 3, 10), weeks(1, 2), Span(date(2020, 11, 1), date(2021, 4, 15)), Season(11, 48))
    assert garden == days("2020-11-03", "2020-11-17", "2021-03-16", "2021-03-30", "2021-04-13")


def test_week_numbers_that_leave_out_53_wait_three_weeks() -> None:
    assert dates(date(2020, 12, 1), weeks(1, 2, 51), WINTER_2020) == days(
        "2020-12-01", "2020-12-15", "2021-01-05", "2021-01-19"
    )


def test_ronnebys_second_bin_goes_by_week_numbers_and_its_first_by_the_fortnight() -> None:
    first = dates(date(2026, 12, 1), FORTNIGHT, WINTER_2026)
    second = dates(date(2026, 12, 1), weeks(1, 4, 49), WINTER_2026)
    assert second == days("2026-12-01", "2027-01-05", "2027-02-02")
    assert set(first) & set(second) == {date(2026, 12, 1)}


def test_ronnebys_holiday_homes_are_emptied_in_weeks_18_to_40() -> None:
    year = Span(date(2026, 1, 1), date(2027, 1, 1))
    homes = dates(date(2026, 1, 13), weeks(3, 4, 51), year, Season(18, 40))
    assert homes == days("2026-05-05", "2026-06-02", "2026-06-30", "2026-07-28", "2026-08-25", "2026-09-22")
