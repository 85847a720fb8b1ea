"""What becomes of the holiday policy when a year is decided, and what can never become of it?"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.test_holiday_practice import CASES, KUMLA, TRELLEBORG, printed
from wastecal.core import holidays, policy, shifts
from wastecal.core.policy import Decision
from wastecal.core.shifts import Move, Shift

GOOD_FRIDAY = date(2027, 3, 26)
CHRISTMAS_DAY = date(2027, 12, 25)
MOVES = st.sampled_from([move.value for move in Move]) | st.dates(date(2026, 6, 1), date(2028, 6, 1)).map(
    lambda day: f"to:{day}"
)
CONTAINERS, ZONES = ("karl-1", "karl-2"), ("H1", "H2")
TODAY = date(2026, 11, 23)


def decided(rows: tuple[Shift, ...], year: int = 2027, **more: Any) -> tuple[Shift, ...]:
    return policy.decide(rows, Decision(policy.days_of(year), more.pop("moves", {}), **more))


def days_between(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days)]


def goes(rows: tuple[Shift, ...], first: date, last: date) -> list[Any]:
    """Where every day goes for every container in every zone."""
    days = days_between(first, last)
    theirs = [shifts.for_pickup(rows, code, zone) for code in CONTAINERS for zone in (*ZONES, None)]
    return [[shifts.shift(day, policy_of_one) for day in days] for policy_of_one in theirs]


@st.composite
def entries(draw: Callable[..., Any]) -> Shift:
    names = (*holidays.NAMES, "*", GOOD_FRIDAY, date(2026, 12, 24))
    return Shift(
        draw(st.sampled_from(names)),
        draw(MOVES),
        draw(st.sampled_from([(), (), (2026,), (2027,), (2026, 2027)])),
        draw(st.sampled_from([(), (), ("karl-1",)])),
        draw(st.sampled_from([(), (), ("H1",)])),
    )


@st.composite
def decisions(draw: Callable[..., Any], year: int = 2027) -> Decision:
    days = policy.days_of(year)
    moves = draw(st.dictionaries(st.sampled_from(days), MOVES | st.none(), max_size=18))
    scope = draw(
        st.sampled_from([((), ()), ((), ()), (("karl-1",), ()), ((), ("H1",)), (("karl-2",), ("H2",))])
    )
    return Decision(days, moves, *scope)


POLICIES = st.lists(entries(), max_size=8).map(tuple)


@given(POLICIES, decisions())
def test_a_year_that_has_been_never_changes(rows: tuple[Shift, ...], decision: Decision) -> None:
    fresh = policy.decide(rows, decision)
    for year in (2024, 2025):
        span = date(year, 1, 1), date(year, 12, 20)
        assert goes(fresh, *span) == goes(rows, *span)
        for day in holidays.in_year(year):
            assert shifts.held_by(day, fresh) == shifts.held_by(day, rows)


@given(POLICIES, decisions())
def test_what_is_decided_holds_for_whom_it_is_decided(rows: tuple[Shift, ...], decision: Decision) -> None:
    fresh = policy.decide(rows, decision)
    for day, move in decision.moves.items():
        held = policy.own(fresh, day, decision)
        if move is not None:
            assert held
            assert held.move == move
    if decision.for_some and decision.containers and decision.zones:
        mine = shifts.for_pickup(fresh, decision.containers[0], decision.zones[0])
        for day, move in decision.moves.items():
            first = shifts.held_by(day, mine)
            assert move is None or (first and first.move == move)


@given(POLICIES, decisions())
def test_deciding_the_same_again_changes_nothing(rows: tuple[Shift, ...], decision: Decision) -> None:
    once = policy.decide(rows, decision)
    again = policy.decide(once, decision)
    for day in policy.days_of(2027):
        for code in CONTAINERS:
            for zone in (*ZONES, None):
                one, two = (
                    shifts.held_by(day, shifts.for_pickup(list_, code, zone)) for list_ in (once, again)
                )
                assert (one and one.move) == (two and two.move)


def test_what_is_for_some_stays_before_what_is_for_all() -> None:
    rows = decided((), containers=("karl-2",), moves={CHRISTMAS_DAY: "next_weekday"})
    rows = decided(rows, moves=dict.fromkeys(policy.days_of(2027), "none"))
    assert shifts.shift(date(2027, 12, 25), shifts.for_pickup(rows, "karl-2", None)).day == date(2027, 12, 27)
    assert shifts.shift(date(2027, 12, 25), shifts.for_pickup(rows, "karl-1", None)).day == CHRISTMAS_DAY


def test_what_is_for_some_can_be_taken_away_again() -> None:
    rows = decided((Shift("Juldagen", "previous_weekday"),), zones=("H1",), moves={CHRISTMAS_DAY: "none"})
    rows = decided(rows, zones=("H1",), moves={CHRISTMAS_DAY: None})
    assert rows == (Shift("Juldagen", "previous_weekday"),)


def test_every_holiday_of_a_year_is_written_down_with_its_year() -> None:
    rows = decided((Shift("*", "nearest_weekday"),), moves={GOOD_FRIDAY: "none"})
    assert {(row.holiday, row.years) for row in rows} >= {(name, (2027,)) for name in holidays.NAMES}
    assert rows[-1] == Shift("*", "nearest_weekday")
    assert shifts.held_by(GOOD_FRIDAY, rows) == Shift("Långfredagen", "none", (2027,))


def test_christmas_is_decided_until_twelfth_night_is_over() -> None:
    days = policy.days_of(2027)
    assert len(days) == 18
    assert days[-2:] == (date(2028, 1, 1), date(2028, 1, 6))
    assert policy.decided_until(2027) == date(2028, 1, 10)


def test_what_towns_have_printed_comes_out_when_their_moves_are_decided_for_the_year() -> None:
    """As their policy is for every year, so it is when it is written down for the one."""
    for place, rows, year in (("Kumla", KUMLA, 2019), ("Trelleborg", TRELLEBORG, 2019)):
        moves = {day: held.move for day in policy.days_of(year) if (held := shifts.held_by(day, rows))}
        fresh = decided((), year, moves=moves)
        expected = {day: to for day, to in printed(CASES[place]).items() if day.startswith(str(year))}
        assert {day: str(shifts.shift(date.fromisoformat(day), fresh).day) for day in expected} == expected


@settings(max_examples=settings().max_examples // 3)  # two years of days of two policies each
@given(POLICIES, decisions(2026))
def test_the_guard_sees_every_day_that_has_been_and_would_change(
    rows: tuple[Shift, ...], decision: Decision
) -> None:
    fresh = policy.decide(rows, decision)
    first = policy.first_past_change(rows, fresh, TODAY, (CONTAINERS, ZONES))
    same = goes(rows, date(2025, 1, 1), TODAY) == goes(fresh, date(2025, 1, 1), TODAY)
    assert same or first is not None


def test_the_guard_names_the_day() -> None:
    fresh = decided((), 2026, moves={date(2026, 5, 1): "next_weekday"})
    assert policy.first_past_change((), fresh, TODAY, (CONTAINERS, ZONES)) == date(2026, 5, 1)
    fresh = decided((), 2027, moves={date(2027, 4, 2): "next_weekday"})
    assert policy.first_past_change((), fresh, TODAY, (CONTAINERS, ZONES)) is None
