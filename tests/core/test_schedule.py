"""Does the right rule hold on each day, and is nothing lost or doubled between rule and pickup?"""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import town
from wastecal.core import holidays, recurrence, schedule, spans
from wastecal.core.overrides import Kind, Override
from wastecal.core.pickup import Alternative, Pickup, Status
from wastecal.core.places import Place
from wastecal.core.recurrence import Rule, Season
from wastecal.core.rows import ZoneMove
from wastecal.core.schedule import Bearing
from wastecal.core.shifts import Move, Shift
from wastecal.core.spans import Span

DECEMBER = Span(date(2026, 12, 1), date(2027, 1, 1))
STREET, HOUSE = "street:holmby/storgatan", f"address:{town.H1}"
DECIDED = town.municipality(holidays_decided_until=None)


def bearing(*rules: Rule, place: Place | None = None, **more: Any) -> Bearing:
    given = {"shifts": (), "overrides": (), "town": DECIDED, **more}
    return Bearing("karl-1", place or town.place(), rules=rules, **given)


def dates(*rules: Rule, span: Span = DECEMBER, **more: Any) -> list[str]:
    """The days of the pickups, as `12-10`."""
    return [f"{row.date:%m-%d}" for row in schedule.pickups(bearing(*rules, **more), span)]


def pickup(nominal: date, *rules: Rule, **more: Any) -> Pickup:
    wide = spans.of_day(nominal).widen(40)
    return next(row for row in schedule.pickups(bearing(*rules, **more), wide) if row.nominal == nominal)


THURSDAYS, TUESDAYS = town.rule(anchor="12-10"), town.rule(anchor="12-08")


def test_a_confirmed_rule_comes_before_a_reconstructed_and_that_before_a_default() -> None:
    general = replace(TUESDAYS, scope=HOUSE, provenance=town.DEFAULT)
    guessed = town.guess(0.99, STREET, "12-09")
    confirmed = replace(THURSDAYS, scope="everyone")
    assert dates(general, guessed, confirmed) == ["12-10", "12-24"]
    assert dates(general, guessed) == ["12-09", "12-23"]
    assert dates(general) == ["12-08", "12-22"]


@pytest.mark.parametrize(("wide", "narrow"), [
    ("everyone", "zone:H1"), ("zone:H1", STREET), (STREET, HOUSE),
])  # fmt: skip
def test_the_narrower_scope_holds_even_when_older(wide: str, narrow: str) -> None:
    old = replace(THURSDAYS, scope=narrow, edit=1)
    new = replace(TUESDAYS, scope=wide, edit=5, valid_from=date(2026, 11, 1))
    assert dates(old, new) == dates(new, old) == ["12-10", "12-24"]


def test_the_later_valid_from_holds() -> None:
    old = replace(TUESDAYS, valid_from=date(2026, 1, 1), edit=9)
    new = replace(THURSDAYS, valid_from=date(2026, 12, 20), edit=1)
    assert dates(old, new) == ["12-08", "12-24"]


def test_the_higher_edit_holds_where_all_else_is_equal() -> None:
    assert dates(replace(TUESDAYS, edit=3), replace(THURSDAYS, edit=2)) == ["12-08", "12-22"]


def test_a_rule_holds_from_valid_from_to_the_day_before_valid_until() -> None:
    bounded = replace(THURSDAYS, valid_from=date(2026, 12, 10), valid_until=date(2026, 12, 24))
    assert dates(bounded) == ["12-10"]


def test_the_ended_rule_gives_way_to_the_general_one() -> None:
    ended = replace(THURSDAYS, scope=HOUSE, valid_until=date(2026, 12, 20))
    assert dates(ended, TUESDAYS) == ["12-10", "12-22"]


def test_not_emptied_takes_the_wider_rules_days_away() -> None:
    assert dates(THURSDAYS, town.not_emptied(HOUSE)) == []


def test_a_rule_out_of_season_still_holds_and_gives_no_date() -> None:
    summer = replace(THURSDAYS, scope=HOUSE, season=Season(18, 40))
    assert dates(summer, TUESDAYS) == []
    assert dates(summer, TUESDAYS, span=Span(date(2027, 5, 1), date(2027, 6, 1))) == ["05-13", "05-27"]


def test_listed_dates_hold_between_their_dates_too() -> None:
    listed = Rule(HOUSE, "karl-1", dates=(date(2026, 12, 17), date(2026, 12, 3)))
    assert dates(listed, THURSDAYS) == ["12-03", "12-17"]


def test_a_rule_of_another_zone_street_or_house_does_not_hold() -> None:
    others = ("zone:H2", "street:holmby/angavagen", "address:holmby/storgatan/2")
    assert dates(*(replace(THURSDAYS, scope=scope) for scope in others)) == []


def test_the_zone_changes_with_the_nominal_date_of_the_zone_move() -> None:
    moved = town.place(moves=[ZoneMove(town.H1, "H2", date(2026, 12, 22), edit=2)])
    assert dates(THURSDAYS, replace(TUESDAYS, scope="zone:H2"), place=moved) == ["12-10", "12-22"]


def test_of_two_zone_moves_the_later_date_counts() -> None:
    moves = [
        ZoneMove(town.H1, "H1", date(2026, 12, 20), edit=2),
        ZoneMove(town.H1, "H2", date(2026, 1, 1), edit=3),
    ]
    moved = town.place(moves=moves)
    assert [moved.zone_on(date(2026, 12, day)) for day in (19, 20)] == ["H2", "H1"]


def test_a_zone_move_that_was_withdrawn_moves_nothing() -> None:
    moved = town.place(moves=[ZoneMove(town.H1, "H2", date(2026, 1, 1), edit=2, ended_edit=3)])
    assert moved.zone_on(date(2026, 12, 1)) == "H1"
    assert moved.newest == 3


def test_a_guess_below_shown_from_gives_no_date() -> None:
    assert dates(town.guess(0.59, "zone:H1", "12-10")) == []
    assert dates(town.guess(0.60, "zone:H1", "12-10")) == ["12-10", "12-24"]


def test_a_guess_below_shown_from_takes_no_default_away() -> None:
    general = replace(TUESDAYS, provenance=town.DEFAULT)
    assert dates(town.guess(0.59, "zone:H1", "12-10"), general) == ["12-08", "12-22"]


@pytest.mark.parametrize(("probability", "tentative"), [(0.94, True), (0.95, False), (1.0, False)])
def test_a_guess_is_tentative_below_certain_from(probability: float, tentative: bool) -> None:
    day = date(2026, 12, 10)
    found = pickup(day, town.guess(probability, "zone:H1", "12-10"))
    assert (found.certainty, found.probability, found.tentative) == (town.GUESSED, probability, tentative)


def test_a_tentative_day_names_the_other_days_that_may_be_right() -> None:
    day, other = date(2026, 12, 10), town.guess(0.25, "zone:H1", "12-17")
    elsewhere = town.guess(0.3, STREET, "12-15")
    eve = (Shift("Nyårsafton", "previous_weekday"),)
    found = pickup(day, town.guess(0.7, "zone:H1", "12-10"), other, elsewhere, shifts=eve)
    assert found.alternatives == (Alternative(date(2026, 12, 17), 0.25),)
    later = pickup(date(2026, 12, 24), town.guess(0.7, "zone:H1", "12-10"), other, shifts=eve)
    assert later.alternatives == (Alternative(date(2026, 12, 30), 0.25),)
    assert pickup(day, town.guess(0.97, "zone:H1", "12-10"), other).alternatives == ()


def test_confirmed_and_default_are_never_tentative() -> None:
    for provenance in (town.CONFIRMED, town.DEFAULT):
        found = pickup(date(2026, 12, 10), replace(THURSDAYS, provenance=provenance))
        assert (found.certainty, found.tentative, found.probability) == (provenance, False, None)


def test_a_holiday_week_is_preliminary_from_the_day_it_is_not_decided() -> None:
    undecided = town.municipality(holidays_decided_until=date(2026, 12, 24))
    assert pickup(date(2026, 12, 24), THURSDAYS, town=undecided).preliminary
    assert not pickup(date(2026, 12, 10), THURSDAYS, town=undecided).preliminary
    assert not pickup(date(2027, 2, 18), THURSDAYS, town=undecided).preliminary
    later = town.municipality(holidays_decided_until=date(2026, 12, 25))
    assert not pickup(date(2026, 12, 24), THURSDAYS, town=later).preliminary


def test_a_holiday_move_is_shifted_and_says_which_holiday() -> None:
    found = pickup(date(2026, 12, 24), THURSDAYS, shifts=(Shift("Julafton", "previous_weekday"),))
    assert (found.date, found.planned, found.status) == (
        date(2026, 12, 23),
        date(2026, 12, 23),
        Status.SHIFTED,
    )
    assert found.holiday == "Julafton"


def test_the_policy_of_another_zone_or_container_moves_nothing() -> None:
    move = Shift("Julafton", "previous_weekday")
    for other in (replace(move, zones=("H2",)), replace(move, containers=("karl-2",))):
        assert pickup(date(2026, 12, 24), THURSDAYS, shifts=(other,)).status is Status.PLANNED


def test_a_pickup_comes_from_far_away_by_to() -> None:
    policy = (Shift("Julafton", "to:2027-05-05", years=(2026,)),)
    found = schedule.pickups(bearing(THURSDAYS, shifts=policy), spans.of_day(date(2027, 5, 5)))
    assert [row.nominal for row in found] == [date(2026, 12, 24)]


def test_to_without_years_moves_the_nearest_holiday_alone_and_loses_no_other() -> None:
    policy = (Shift("Julafton", "to:2026-12-22"),)
    weekly = replace(THURSDAYS, rrule="FREQ=DAILY")
    wide = Span(date(2024, 1, 1), date(2030, 1, 1))
    found = {row.nominal: row.date for row in schedule.pickups(bearing(weekly, shifts=policy), wide)}
    assert found[date(2026, 12, 24)] == date(2026, 12, 22)
    assert found[date(2028, 12, 24)] == date(2028, 12, 24)


def test_a_fortnight_and_odd_weeks_part_across_week_53() -> None:
    fortnight = town.rule(anchor="12-17")
    odd = town.rule(
        anchor="12-17", rrule="FREQ=YEARLY;BYWEEKNO=" + ",".join(map(str, range(1, 54, 2))) + ";BYDAY=TH"
    )
    span = Span(date(2026, 12, 14), date(2027, 1, 18))
    assert dates(fortnight, span=span) == ["12-17", "12-31", "01-14"]
    assert dates(odd, span=span) == ["12-17", "12-31", "01-07"]


def test_the_first_and_the_last_years_of_the_calendar_hold() -> None:
    policy = (Shift("*", "earlier_in_week"),)
    for start, stop in ((date.min, date(2, 1, 1)), (date(9998, 12, 1), date.max)):
        rule = Rule("zone:H1", "karl-1", date.min, "FREQ=WEEKLY")
        found = schedule.pickups(bearing(rule, shifts=policy), Span(start, stop))
        assert len(found) >= 52


def test_a_span_without_days_has_no_pickups() -> None:
    day = date(2026, 12, 10)
    assert schedule.pickups(bearing(THURSDAYS), Span(day, day)) == ()
    assert schedule.pickups(bearing(THURSDAYS), Span(day, day - timedelta(days=9))) == ()


# -- properties ------------------------------------------------------------------------------------

DAY = st.dates(date(2026, 11, 1), date(2027, 3, 1))
SCOPE = st.sampled_from(["everyone", "zone:H1", "zone:H2", STREET, HOUSE])
EDIT = st.integers(1, 9)


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    provenance = draw(st.sampled_from(list(recurrence.Provenance)))
    start = draw(st.none() | DAY)
    found = Rule(
        scope=draw(SCOPE),
        container="karl-1",
        anchor=draw(DAY),
        rrule=draw(st.sampled_from(["FREQ=WEEKLY", town.FORTNIGHTLY, "FREQ=DAILY;INTERVAL=3"])),
        season=draw(st.none() | st.builds(Season, st.integers(1, 53), st.integers(1, 53))),
        valid_from=start,
        valid_until=draw(st.none() | DAY.filter(lambda day: start is None or day > start)),
        provenance=provenance,
        probability=draw(st.floats(0, 1)) if provenance is town.GUESSED else None,
        edit=draw(EDIT),
    )
    return town.not_emptied(found.scope, edit=found.edit) if draw(st.integers(0, 7)) == 0 else found


SHIFTS = st.builds(
    Shift,
    st.sampled_from(["*", *holidays.NAMES]) | st.dates(date(2026, 12, 20), date(2027, 1, 10)),
    st.sampled_from([*(move.value for move in Move), "to:2026-12-13", "to:2027-08-01"]),
    st.sampled_from([(), (2026,), (2027,)]),
)


@st.composite
def moves(draw: st.DrawFn, index: int = 0) -> Override:
    kind, edit = draw(st.sampled_from(list(Kind))), draw(EDIT)
    start = draw(DAY) if kind is Kind.MOVE else None
    until = draw(st.none() | st.just(start + timedelta(days=2))) if start else None
    return Override(
        f"{edit}.{draw(st.integers(1, 999))}", kind, draw(SCOPE), (), draw(DAY), start, until, edit=edit
    )


BEARINGS = st.builds(
    lambda given, policy, said, moved: bearing(
        *given,
        shifts=tuple(policy),
        overrides=tuple(said),
        place=town.place(moves=[ZoneMove(town.H1, "H2", day, edit=1) for day in moved]),
        town=town.municipality(),
    ),
    st.lists(rules(), max_size=5),
    st.lists(SHIFTS, max_size=4),
    st.lists(moves(), max_size=5, unique_by=lambda row: row.key),
    st.lists(DAY, max_size=2, unique=True),
)
WHOLE = Span(date(2026, 10, 1), date(2027, 9, 1))


@given(BEARINGS, st.randoms(use_true_random=False))
def test_the_order_of_rules_and_overrides_is_indifferent(given: Bearing, chance: Any) -> None:
    mixed = replace(
        given,
        rules=tuple(chance.sample(given.rules, len(given.rules))),
        overrides=tuple(chance.sample(given.overrides, len(given.overrides))),
    )
    assert schedule.pickups(mixed, WHOLE) == schedule.pickups(given, WHOLE)


@given(BEARINGS, st.lists(st.dates(WHOLE.start, WHOLE.stop), max_size=4))
def test_a_span_has_what_its_parts_have(given: Bearing, cuts: list[date]) -> None:
    edges = sorted({WHOLE.start, *cuts, WHOLE.stop})
    parts = [Span(start, stop) for start, stop in pairwise(edges)]
    found = tuple(row for part in parts for row in schedule.pickups(given, part))
    assert found == schedule.pickups(given, WHOLE)


@given(BEARINGS)
def test_no_nominal_date_is_lost_or_doubled(given: Bearing) -> None:
    everywhere = Span(date(2024, 1, 1), date(2030, 1, 1))
    found = [row.nominal for row in schedule.pickups(given, everywhere) if row.nominal]
    wanted = [day for day, _ in schedule.nominals(given, everywhere)]
    edges = {date(2024, 1, 1), date(2030, 1, 1)}
    assert len(found) == len(set(found))
    assert set(found) ^ set(wanted) <= {day for day in (*found, *wanted) if _is_near(day, edges)}


def _is_near(day: date, edges: set[date]) -> bool:
    return any(abs((day - edge).days) < 400 for edge in edges)


@given(BEARINGS)
def test_identities_are_unique(given: Bearing) -> None:
    found = [row.identity for row in schedule.pickups(given, WHOLE)]
    assert len(found) == len(set(found))


@given(BEARINGS)
def test_every_nominal_date_is_one_that_its_holder_gives(given: Bearing) -> None:
    for day, rule in schedule.nominals(given, WHOLE):
        assert day in recurrence.expand(rule, spans.of_day(day))
        assert rule.holds_on(day)
        assert given.place.is_within(rule.scope, day)
        rivals = [row for row in given.rules if row.holds_on(day) and given.place.is_within(row.scope, day)]
        shown = [row for row in rivals if not schedule.is_candidate(row, given.town)]
        assert schedule.precedence(rule) == max(map(schedule.precedence, shown))
