"""Does a rule give the dates it says, and is one that says something else refused?"""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wastecal.core import recurrence, spans
from wastecal.core.errors import InvalidRule
from wastecal.core.recurrence import Provenance, Rule, Season
from wastecal.core.spans import Span

TUESDAY = date(2026, 1, 6)
FORTNIGHT = "FREQ=WEEKLY;INTERVAL=2"
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def days(*texts: str) -> tuple[date, ...]:
    return tuple(map(date.fromisoformat, texts))


def rule(rrule: str = FORTNIGHT, anchor: date | None = TUESDAY, **fields: Any) -> Rule:
    return Rule("everyone", "karl-1", anchor, rrule, **fields)


def year(number: int) -> Span:
    return Span(date(number, 1, 1), date(number + 1, 1, 1))


@pytest.mark.parametrize(
    ("rrule", "anchor", "expected"),
    [
        (FORTNIGHT, TUESDAY, days("2026-01-06", "2026-01-20", "2026-02-03", "2026-02-17")),
        ("FREQ=WEEKLY;INTERVAL=4", TUESDAY, days("2026-01-06", "2026-02-03")),
        ("FREQ=MONTHLY;BYDAY=1TU", TUESDAY, days("2026-01-06", "2026-02-03")),
        ("FREQ=MONTHLY;BYDAY=-1FR", date(2026, 1, 30), days("2026-01-30", "2026-02-27")),
        ("FREQ=MONTHLY;BYMONTHDAY=15", date(2025, 1, 15), days("2026-01-15", "2026-02-15")),
        ("FREQ=YEARLY;BYWEEKNO=1,3,5;BYDAY=TU", date(2025, 1, 14), days("2026-01-13", "2026-01-27")),
        ("FREQ=YEARLY;BYWEEKNO=2,4", TUESDAY, days("2026-01-06", "2026-01-20")),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;WKST=MO",
            TUESDAY,
            days("2026-01-06", "2026-01-20", "2026-02-03", "2026-02-17"),
        ),
    ],
)
def test_a_rule_gives_its_dates_in_order(rrule: str, anchor: date, expected: tuple[date, ...]) -> None:
    found = recurrence.expand(rule(rrule, anchor), Span(date(2026, 1, 5), date(2026, 3, 1)))
    assert found == expected


def test_a_span_holds_its_first_day_and_not_its_last() -> None:
    assert recurrence.expand(rule(), Span(TUESDAY, date(2026, 1, 20))) == (TUESDAY,)


def test_a_rule_gives_nothing_before_its_anchor() -> None:
    assert recurrence.expand(rule(), year(2025)) == ()


@pytest.mark.parametrize("start", [date(2026, 1, 6), date(2026, 1, 7)])
def test_an_empty_span_has_no_dates(start: date) -> None:
    assert recurrence.expand(rule(), Span(start, TUESDAY)) == ()


def test_a_rule_is_valid_from_a_day_and_until_before_another() -> None:
    within = rule(valid_from=date(2026, 1, 20), valid_until=date(2026, 2, 17))
    assert recurrence.expand(within, year(2026)) == days("2026-01-20", "2026-02-03")
    assert [within.holds_on(day) for day in days("2026-01-19", "2026-01-20", "2026-02-16", "2026-02-17")] == [
        False,
        True,
        True,
        False,
    ]


def test_listed_dates_come_in_order_once_and_within_validity() -> None:
    listed = Rule("everyone", "karl-1", dates=days("2026-03-01", "2026-02-01", "2026-03-01", "2027-01-01"))
    assert recurrence.expand(listed, year(2026)) == days("2026-02-01", "2026-03-01")


def test_a_container_that_is_not_emptied_has_no_dates() -> None:
    assert recurrence.expand(rule("NONE", None), year(2026)) == ()


def test_a_season_keeps_its_first_and_last_week() -> None:
    summer = recurrence.expand(rule("FREQ=WEEKLY", season=Season(18, 40)), year(2026))
    assert (summer[0], summer[-1], len(summer)) == (date(2026, 4, 28), date(2026, 9, 29), 23)


def test_a_season_goes_over_new_year_and_its_week_53() -> None:
    found = recurrence.expand(
        rule("FREQ=WEEKLY", season=Season(52, 1)), Span(date(2026, 12, 1), date(2027, 3, 1))
    )
    assert found == days("2026-12-22", "2026-12-29", "2027-01-05")


@given(st.integers(1, 53), st.sampled_from(DAYS), st.integers(1990, 2090))
def test_week_numbers_are_iso_weeks_in_every_year(number: int, day: str, first: int) -> None:
    """Also where the week's days lie in the next year or the last: 2 January 2022 is in week 52."""
    start = date(first, 1, 1)
    every = [start + timedelta(days=distance) for distance in range(366 * 6)]
    expected = tuple(other for other in every if other.isocalendar()[1:] == (number, DAYS.index(day) + 1))
    if expected:
        weekly = rule(f"FREQ=YEARLY;BYWEEKNO={number};BYDAY={day}", expected[0])
        assert recurrence.expand(weekly, Span(start, every[-1] + timedelta(days=1))) == expected


def test_week_52_of_2021_ends_in_january() -> None:
    saturdays = rule("FREQ=YEARLY;BYWEEKNO=52,53;BYDAY=SA", date(2020, 12, 26))
    assert recurrence.expand(saturdays, Span(date(2020, 12, 1), date(2022, 2, 1))) == days(
        "2020-12-26", "2021-01-02", "2022-01-01"
    )


def test_the_last_week_may_be_counted_from_the_end() -> None:
    last = rule("FREQ=YEARLY;BYWEEKNO=-1;BYDAY=TU", date(2025, 12, 23))
    assert recurrence.expand(last, Span(date(2025, 12, 1), date(2027, 2, 1))) == days(
        "2025-12-23", "2026-12-29"
    )


@pytest.mark.parametrize(
    "rrule",
    [
        FORTNIGHT,
        "FREQ=DAILY;INTERVAL=3",
        "FREQ=MONTHLY",
        "FREQ=MONTHLY;INTERVAL=5",
        "FREQ=YEARLY;BYMONTH=1;BYDAY=1TU",
    ],
)
def test_a_far_year_has_the_dates_that_a_walk_there_finds(rrule: str) -> None:
    far, walked = Span(date(3300, 1, 1), date(3310, 1, 1)), Span(TUESDAY, date(3310, 1, 1))
    expected = tuple(day for day in recurrence.expand(rule(rrule), walked) if day in far)
    assert recurrence.expand(rule(rrule), far) == expected != ()


@pytest.mark.parametrize(
    "rrule", [FORTNIGHT, "FREQ=DAILY", "FREQ=MONTHLY;BYDAY=1TU", "FREQ=YEARLY;BYWEEKNO=2"]
)
def test_the_edges_of_the_calendar_can_be_asked(rrule: str) -> None:
    assert recurrence.expand(rule(rrule), year(1)) == ()
    assert recurrence.expand(rule(rrule), Span(date(9998, 1, 1), date.max))


@given(st.dates(date(2025, 1, 1), date(2028, 1, 1)), st.integers(0, 400), st.integers(0, 400))
def test_a_span_has_the_dates_of_its_parts(start: date, first: int, second: int) -> None:
    middle, stop = start + timedelta(days=first), start + timedelta(days=first + second)
    parts = [recurrence.expand(rule(), span) for span in (Span(start, middle), Span(middle, stop))]
    assert recurrence.expand(rule(), Span(start, stop)) == parts[0] + parts[1]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "NONE",
        "INTERVAL=2",
        "FREQ=WEEKLY;",
        "FREQ=WEEKLY;FREQ=WEEKLY",
        "FREQ=WEEKLY;COUNT=5",
        "FREQ=WEEKLY;UNTIL=20270101",
        "FREQ=WEEKLY;WKST=SU",
        "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=WEEKLY;INTERVAL=٢",
        "FREQ=WEEKLY;BYDAY=2MO",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;BYWEEKNO=2",
        "FREQ=DAILY;BYHOUR=6",
        "FREQ=HOURLY",
        "FREQ=MONTHLY;BYMONTH=13",
        "FREQ=MONTHLY;BYDAY=0MO",
        "FREQ=YEARLY;BYWEEKNO=54;BYDAY=MO",
        "FREQ=YEARLY;BYWEEKNO=0;BYDAY=MO",
        "FREQ=YEARLY;BYWEEKNO=2;BYDAY=1MO",
        "freq=weekly",
        "RRULE:FREQ=WEEKLY",
        "FREQ=WEEKLY\nFREQ=DAILY",
    ],
)
def test_what_is_no_rule_of_whole_days_is_refused(text: str) -> None:
    with pytest.raises(InvalidRule) as caught:
        recurrence.check_rrule(text)
    assert (caught.value.code, caught.value.value) == ("rrule", text)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (rule("", None), "rule_form"),
        (rule(dates=(TUESDAY,)), "rule_form"),
        (rule("NONE", None, dates=(TUESDAY,)), "rule_form"),
        (rule(anchor=None), "anchor_missing"),
        (rule("FREQ=WEEKLY;BYDAY=MO"), "anchor_not_in_rule"),
        (rule("FREQ=YEARLY;BYWEEKNO=1,3;BYDAY=TU"), "anchor_not_in_rule"),
        (rule("NONE"), "anchor_without_rrule"),
        (rule("", dates=(TUESDAY,)), "anchor_without_rrule"),
        (rule(valid_from=TUESDAY, valid_until=TUESDAY), "validity_empty"),
        (rule(season=Season(0, 20)), "season"),
        (rule(season=Season(20, 54)), "season"),
        (rule(probability=0.9), "probability"),
        (rule(probability=1.5, provenance=Provenance.RECONSTRUCTED), "probability"),
    ],
)
def test_a_rule_that_does_not_mean_what_it_says_is_refused(wrong: Rule, code: str) -> None:
    with pytest.raises(InvalidRule) as caught:
        recurrence.check(wrong)
    assert caught.value.code == code


@pytest.mark.parametrize(
    "sound",
    [
        rule(),
        rule("NONE", None),
        Rule("everyone", "karl-1", dates=(TUESDAY,)),
        rule("FREQ=YEARLY;BYWEEKNO=2,4;BYDAY=TU", season=Season(44, 12)),
        rule(probability=0.9, provenance=Provenance.RECONSTRUCTED, valid_from=TUESDAY),
    ],
)
def test_each_of_the_three_forms_is_sound(sound: Rule) -> None:
    recurrence.check(sound)
    dates = recurrence.expand(sound, Span(TUESDAY, spans.plus(TUESDAY, 28)))
    assert bool(dates) == (sound.rrule != "NONE")
