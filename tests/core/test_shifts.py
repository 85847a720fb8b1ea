"""Does every holiday move take a pickup to the day that its words promise, and no further?"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wastecal.core import holidays, shifts, spans
from wastecal.core.shifts import Move, Shift, Shifted

GOOD_FRIDAY = date(2026, 4, 3)
EASTER_MONDAY = date(2026, 4, 6)
ASCENSION = date(2026, 5, 14)  # a Thursday
EPIPHANY = date(2026, 1, 6)  # a Tuesday
ALL_SAINTS = date(2026, 10, 31)  # a Saturday
PENTECOST = date(2026, 5, 24)  # a Sunday


def moved(day: date, *entries: Shift) -> date:
    return shifts.shift(day, entries).day


def week_of(day: date, *entries: Shift) -> list[int]:
    """Where Monday to Friday of the week go, counted in days from that Monday."""
    monday = spans.monday(day)
    return [(moved(monday + timedelta(days=number), *entries) - monday).days for number in range(5)]


@pytest.mark.parametrize(
    ("move", "day", "to"),
    [
        ("none", GOOD_FRIDAY, GOOD_FRIDAY),
        ("next_weekday", ASCENSION, date(2026, 5, 15)),
        ("next_weekday", GOOD_FRIDAY, date(2026, 4, 7)),
        ("next_weekday", ALL_SAINTS, date(2026, 11, 2)),
        ("previous_weekday", EASTER_MONDAY, date(2026, 4, 2)),
        ("previous_weekday", PENTECOST, date(2026, 5, 22)),
        ("nearest_weekday", EASTER_MONDAY, date(2026, 4, 7)),
        ("nearest_weekday", EPIPHANY, date(2026, 1, 7)),
        ("nearest_weekday", ASCENSION, date(2026, 5, 13)),
        ("nearest_weekday", GOOD_FRIDAY, date(2026, 4, 2)),
        ("nearest_weekday", ALL_SAINTS, date(2026, 10, 30)),
        ("nearest_weekday", PENTECOST, date(2026, 5, 25)),
        ("monday_of_week", ASCENSION, date(2026, 5, 11)),
        ("monday_of_week", PENTECOST, date(2026, 5, 18)),
        ("monday_of_week", EASTER_MONDAY, date(2026, 4, 7)),
        ("friday_before", EASTER_MONDAY, GOOD_FRIDAY),
        ("friday_before", GOOD_FRIDAY, date(2026, 3, 27)),
        ("friday_before", ALL_SAINTS, date(2026, 10, 30)),
        ("saturday_before", EASTER_MONDAY, date(2026, 4, 4)),
        ("saturday_before", ALL_SAINTS, date(2026, 10, 24)),
        ("to:2026-04-11", GOOD_FRIDAY, date(2026, 4, 11)),
    ],
)
def test_a_pickup_on_a_holiday_goes_where_the_move_says(move: str, day: date, to: date) -> None:
    assert moved(day, Shift("*", move)) == to


def test_wednesday_as_nearest_goes_forward() -> None:
    midweek = date(2024, 5, 1)
    assert moved(midweek, Shift("Första maj", "nearest_weekday")) == date(2024, 5, 2)


def test_a_day_whose_entry_is_none_is_no_obstacle() -> None:
    policy = (Shift("Annandag påsk", "none"), Shift("*", "next_weekday"))
    assert moved(GOOD_FRIDAY, *policy) == EASTER_MONDAY


def test_a_final_move_minds_no_obstacle() -> None:
    policy = (Shift("Annandag påsk", "friday_before"), Shift("Långfredagen", "previous_weekday"))
    assert moved(EASTER_MONDAY, *policy) == GOOD_FRIDAY


def test_one_friday_pulls_its_whole_week_a_day_back() -> None:
    assert week_of(GOOD_FRIDAY, Shift("Långfredagen", "earlier_in_week")) == [-1, 0, 1, 2, 3]


def test_two_holidays_pull_monday_to_wednesday_over_the_weekend() -> None:
    policy = Shift(date(2026, 9, 8), "earlier_in_week"), Shift(date(2026, 9, 9), "earlier_in_week")
    assert week_of(date(2026, 9, 8), *policy) == [-2, -1, 0, 3, 4]


def test_a_tuesday_pushes_the_rest_of_its_week_a_day_on() -> None:
    assert week_of(EPIPHANY, Shift("*", "later_in_week")) == [0, 2, 3, 4, 5]


def test_two_holidays_push_to_friday_over_the_weekend() -> None:
    policy = Shift(date(2026, 9, 8), "later_in_week"), Shift(date(2026, 9, 9), "later_in_week")
    assert week_of(date(2026, 9, 8), *policy) == [0, 3, 4, 5, 6]


def test_a_chain_steps_over_obstacles_outside_its_week() -> None:
    """Friday 1 January 2027 pulls its week; Saturday and Sunday before it are closed."""
    policy = (
        Shift("Nyårsdagen", "earlier_in_week"),
        Shift(date(2026, 12, 27), "next_weekday"),
        Shift("Annandag jul", "next_weekday"),
    )
    assert week_of(date(2027, 1, 1), *policy) == [-3, 0, 1, 2, 3]


def test_both_chains_in_one_week_go_by_their_own_holidays() -> None:
    policy = (Shift("Juldagen", "later_in_week"), Shift("Julafton", "earlier_in_week"))
    assert week_of(date(2026, 12, 24), *policy) == [-1, 0, 1, 2, 5]


def test_a_holiday_at_the_weekend_starts_no_chain() -> None:
    for move in ("earlier_in_week", "later_in_week"):
        assert week_of(ALL_SAINTS, Shift("Alla helgons dag", move)) == [0, 1, 2, 3, 4]


def test_a_chain_pushes_no_other_week() -> None:
    policy = Shift("Annandag påsk", "later_in_week")
    assert moved(date(2026, 4, 10), policy) == date(2026, 4, 11)
    assert moved(date(2026, 4, 13), policy) == date(2026, 4, 13)


def test_the_first_entry_that_matches_a_pickup_applies() -> None:
    chain, own = Shift("Långfredagen", "earlier_in_week"), Shift(date(2026, 4, 1), "next_weekday")
    assert moved(date(2026, 4, 1), own, chain) == date(2026, 4, 2)
    assert moved(date(2026, 4, 1), chain, own) == date(2026, 3, 30)


def test_of_two_entries_for_a_holiday_the_first_holds() -> None:
    assert moved(GOOD_FRIDAY, Shift("Långfredagen", "none"), Shift("*", "later_in_week")) == GOOD_FRIDAY


def test_a_chain_entry_that_holds_for_no_day_of_the_week_gives_no_precedence() -> None:
    other_year = Shift("Annandag jul", "earlier_in_week", years=(2040,))
    own, chain = Shift(date(2026, 4, 1), "next_weekday"), Shift("Långfredagen", "earlier_in_week")
    assert moved(date(2026, 4, 1), other_year, own, chain) == date(2026, 4, 2)


def test_years_are_those_of_the_holiday_not_of_the_pickup() -> None:
    policy = Shift("Nyårsdagen", "earlier_in_week", years=(2027,))
    assert moved(date(2026, 12, 31), policy) == date(2026, 12, 30)
    assert moved(date(2026, 1, 1), policy) == date(2026, 1, 1)


def test_star_means_the_named_days_only() -> None:
    assert moved(date(2026, 4, 7), Shift("*", "next_weekday")) == date(2026, 4, 7)
    assert moved(date(2026, 4, 7), Shift(date(2026, 4, 7), "next_weekday")) == date(2026, 4, 8)


@pytest.mark.parametrize(
    ("day", "entry", "reason"),
    [
        (GOOD_FRIDAY, Shift("*", "earlier_in_week"), "Långfredagen"),
        (date(2026, 3, 30), Shift("*", "earlier_in_week"), "Långfredagen"),
        (date(2025, 12, 22), Shift("*", "earlier_in_week"), "Annandag jul"),
        (date(2025, 12, 25), Shift("*", "earlier_in_week"), "Juldagen"),
        (date(2026, 1, 9), Shift("*", "later_in_week"), "Trettondedag jul"),
        (date(2026, 9, 8), Shift(date(2026, 9, 8), "next_weekday"), ""),
        (GOOD_FRIDAY, Shift("*", "none"), None),
        (GOOD_FRIDAY, Shift(GOOD_FRIDAY, "to:2026-04-03"), None),
    ],
)
def test_a_moved_pickup_names_the_holiday_that_moved_it(day: date, entry: Shift, reason: str | None) -> None:
    assert shifts.shift(day, (entry,)).reason == reason


def test_a_pickup_stays_where_no_day_is_free_within_reach() -> None:
    tuesday, friday = date(2026, 5, 12), date(2026, 6, 12)
    assert (friday - tuesday).days == shifts.REACH
    closed = tuple(Shift(tuesday + timedelta(days=day), "next_weekday") for day in range(shifts.REACH))
    assert moved(tuesday, *closed) == friday
    assert shifts.shift(tuesday, (*closed, Shift(friday, "next_weekday"))) == Shifted(tuesday)


def test_entries_count_for_their_containers_and_zones() -> None:
    everywhere, bins, zone = (
        Shift("*", "none"),
        Shift("*", "none", containers=("karl-1",)),
        Shift("Julafton", "none", zones=("H3",)),
    )
    policy = (zone, bins, everywhere)
    assert shifts.for_pickup(policy, "karl-1", "H3") == policy
    assert shifts.for_pickup(policy, "karl-2", "H3") == (zone, everywhere)
    assert shifts.for_pickup(policy, "karl-1", None) == (bins, everywhere)


@pytest.mark.parametrize("text", [*Move, "to:2026-12-27"])
def test_a_move_is_known_by_its_name(text: str) -> None:
    assert shifts.check_move(text)


@pytest.mark.parametrize(
    "text",
    ["", "None", "NONE", "to:", "to:2026-02-30", "to:20261227", "to:2026-W53-7", "to:2026-12-27 ", "*"],
)
def test_what_is_no_move_is_refused(text: str) -> None:
    assert not shifts.check_move(text)
    assert shifts.to_target(text) is None


def test_the_target_of_a_to_move_is_a_date() -> None:
    assert shifts.to_target("to:2026-12-27") == date(2026, 12, 27)
    assert shifts.to_target("next_weekday") is None


@pytest.mark.parametrize("day", [date.min, date(1, 1, 5), date(9999, 12, 27), date.max])
@pytest.mark.parametrize("move", Move)
def test_moves_stay_within_the_calendar(day: date, move: Move) -> None:
    assert date.min <= moved(day, Shift("*", move)) <= date.max


NEAR = st.dates(date(2026, 12, 1), date(2027, 1, 31))
ENTRIES = st.lists(
    st.builds(
        Shift,
        holiday=st.one_of(st.sampled_from([*holidays.NAMES, shifts.ANY]), NEAR),
        move=st.sampled_from(list(Move)),
        years=st.sampled_from([(), (2026,), (2027,)]),
    ),
    max_size=12,
).map(tuple)
CHAIN_ENTRIES = st.lists(NEAR, min_size=1, max_size=12).flatmap(
    lambda days: st.sampled_from([Move.EARLIER_IN_WEEK, Move.LATER_IN_WEEK]).map(
        lambda move: tuple(Shift(day, move) for day in days)
    )
)


@given(NEAR, ENTRIES)
def test_no_pickup_goes_beyond_reach(day: date, entries: tuple[Shift, ...]) -> None:
    assert abs((moved(day, *entries) - day).days) <= shifts.REACH


@given(NEAR, CHAIN_ENTRIES)
def test_a_chain_keeps_the_days_of_a_week_apart_and_in_order(day: date, entries: tuple[Shift, ...]) -> None:
    places = week_of(day, *entries)
    assert places == sorted(set(places))


@given(NEAR, CHAIN_ENTRIES)
def test_a_chain_ends_on_no_closed_day(day: date, entries: tuple[Shift, ...]) -> None:
    result = shifts.shift(day, entries)
    assert result.reason is None or result.day not in {entry.holiday for entry in entries}


@given(NEAR, ENTRIES)
def test_a_pickup_moves_only_in_a_week_with_a_holiday(day: date, entries: tuple[Shift, ...]) -> None:
    week = {spans.monday(day) + timedelta(days=number) for number in range(7)}
    named = any(holidays.name(other) for other in week) or any(entry.holiday in week for entry in entries)
    assert named or shifts.shift(day, entries) == Shifted(day)


@given(NEAR, ENTRIES, ENTRIES)
def test_entries_for_other_years_change_nothing(
    day: date, entries: tuple[Shift, ...], others: tuple[Shift, ...]
) -> None:
    elsewhere = tuple(Shift(other.holiday, other.move, years=(2040,)) for other in others)
    assert shifts.shift(day, elsewhere + entries) == shifts.shift(day, entries)
