"""Is staff's word on pickups kept: which of two counts, on which day, and what becomes of the pickup?"""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import town
from wastecal.core import overrides, schedule, spans
from wastecal.core.overrides import Override
from wastecal.core.pickup import Pickup, Status
from wastecal.core.places import Place
from wastecal.core.rows import ZoneMove
from wastecal.core.schedule import Bearing
from wastecal.core.shifts import Shift
from wastecal.core.spans import Span

THURSDAY = date(2026, 12, 10)
DECEMBER = Span(date(2026, 12, 1), date(2027, 1, 1))
STREET, HOUSE = "street:holmby/storgatan", f"address:{town.H1}"


def bearing(*acting: Override, place: Place | None = None, **more: Any) -> Bearing:
    """Kärl 1 at Storgatan 1: every other Thursday, 10 and 24 December 2026 among them."""
    given = {"rules": (town.rule(),), "shifts": (), **more}
    numbered = tuple(row if row.edit else replace(row, edit=1) for row in acting)
    return Bearing("karl-1", place or town.place(), town.municipality(), overrides=numbered, **given)


def on(nominal: date, *acting: Override, **more: Any) -> Pickup:
    """What became of the pickup with this nominal date, wherever it went."""
    wide = Span(date(2026, 1, 1), date(2028, 1, 1))
    return next(row for row in schedule.pickups(bearing(*acting, **more), wide) if row.nominal == nominal)


def test_a_move_changes_the_day_and_keeps_the_identity() -> None:
    moved = on(THURSDAY, town.override("move", "12-10", "12-12"))
    assert (moved.date, moved.status, moved.identity) == (date(2026, 12, 12), Status.MOVED, "2026-12-10")
    assert moved.planned == THURSDAY


def test_a_window_has_a_first_and_a_last_day() -> None:
    moved = on(THURSDAY, town.override("move", "12-10", "12-11", until="12-12"))
    assert (moved.date, moved.date_until, moved.last_day) == (
        date(2026, 12, 11), date(2026, 12, 12), date(2026, 12, 12),
    )  # fmt: skip


def test_a_window_of_one_day_is_a_day() -> None:
    assert on(THURSDAY, town.override("move", "12-10", "12-11", until="12-11")).date_until is None


@pytest.mark.parametrize(("kind", "status"), [("cancel", Status.CANCELLED), ("delay", Status.DELAYED)])
def test_what_does_not_come_stays_on_its_planned_day(kind: str, status: Status) -> None:
    pickup = on(THURSDAY, town.override(kind, "12-10", reason=town.text("Snö")))
    assert (pickup.date, pickup.status, pickup.comes) == (THURSDAY, status, False)
    assert pickup.reason.get("sv") == "Snö"


def test_a_cancelled_holiday_pickup_stays_on_the_day_the_holiday_moved_it_to() -> None:
    policy = (Shift("Julafton", "previous_weekday"),)
    pickup = on(date(2026, 12, 24), town.override("cancel", "12-23"), shifts=policy)
    assert (pickup.date, pickup.status) == (date(2026, 12, 23), Status.CANCELLED)


def test_an_override_acts_on_the_planned_day_not_on_the_rules_day() -> None:
    policy = (Shift("Julafton", "previous_weekday"),)
    pickup = on(date(2026, 12, 24), town.override("cancel", "12-24"), shifts=policy)
    assert (pickup.date, pickup.status) == (date(2026, 12, 23), Status.SHIFTED)


def test_an_override_outranks_a_holiday_move() -> None:
    policy = (Shift("Julafton", "previous_weekday"),)
    pickup = on(date(2026, 12, 24), town.override("move", "12-23", "12-28"), shifts=policy)
    assert (pickup.date, pickup.status) == (date(2026, 12, 28), Status.MOVED)


def test_moves_do_not_chain() -> None:
    first, second = town.override("move", "12-10", "12-11"), town.override("move", "12-11", "12-14")
    assert on(THURSDAY, first, second).date == date(2026, 12, 11)


def test_a_pickup_moved_onto_a_cancelled_day_still_comes() -> None:
    acting = town.override("move", "12-10", "12-24"), town.override("cancel", "12-24")
    assert on(THURSDAY, *acting).comes
    assert not on(date(2026, 12, 24), *acting).comes


@pytest.mark.parametrize(("weak", "strong"), [
    ("everyone", "zone:H1"), ("zone:H1", STREET), (STREET, HOUSE), ("everyone", HOUSE),
])  # fmt: skip
def test_the_narrower_scope_counts_even_when_older(weak: str, strong: str) -> None:
    wide = town.override("move", "12-10", "12-14", weak, edit=9, key="9.1")
    narrow = town.override("move", "12-10", "12-15", strong, edit=2, key="2.1")
    assert on(THURSDAY, wide, narrow).date == on(THURSDAY, narrow, wide).date == date(2026, 12, 15)


def test_of_two_in_one_scope_the_newer_counts() -> None:
    old = town.override("cancel", "12-10", edit=9, key="9.1")
    new = town.override("move", "12-10", "12-15", edit=10, key="10.1")
    assert on(THURSDAY, old, new).date == on(THURSDAY, new, old).date == date(2026, 12, 15)


def test_of_two_in_one_edit_index_10_is_after_index_9() -> None:
    ninth = town.override("cancel", "12-10", edit=3, key="3.9")
    tenth = town.override("delay", "12-10", edit=3, key="3.10")
    assert on(THURSDAY, ninth, tenth).status is on(THURSDAY, tenth, ninth).status is Status.DELAYED


def test_an_override_for_another_container_does_nothing() -> None:
    assert on(THURSDAY, town.override("cancel", "12-10", containers=("karl-2",))).status is Status.PLANNED


def test_an_override_for_another_zone_or_street_does_nothing() -> None:
    for scope in ("zone:H2", "street:holmby/angavagen", "address:holmby/storgatan/2"):
        assert on(THURSDAY, town.override("cancel", "12-10", scope=scope)).status is Status.PLANNED


def test_the_zone_is_that_of_the_nominal_date() -> None:
    moves = [ZoneMove(town.H1, "H2", date(2026, 12, 11), edit=1)]
    rules = (town.rule(), town.rule("zone:H2"))
    acting = [town.override("cancel", day, scope="zone:H1") for day in ("12-10", "12-24")]
    given = {"place": town.place(moves=moves), "rules": rules}
    assert on(THURSDAY, *acting, **given).status is Status.CANCELLED
    assert on(date(2026, 12, 24), *acting, **given).status is Status.PLANNED


def test_an_added_pickup_is_named_by_its_override() -> None:
    extra = town.override("add", "12-15", key="7.2")
    added = [row for row in schedule.pickups(bearing(extra), DECEMBER) if row.nominal is None]
    assert [(row.identity, row.date, row.status) for row in added] == [
        ("7.2", date(2026, 12, 15), Status.ADDED)
    ]


def test_an_added_pickup_may_have_a_window() -> None:
    extra = town.override("add", "12-15", "12-16", until="12-18")
    added = next(row for row in schedule.pickups(bearing(extra), DECEMBER) if row.nominal is None)
    assert (added.date, added.date_until) == (date(2026, 12, 16), date(2026, 12, 18))


def test_an_added_pickup_is_for_its_scope_alone() -> None:
    extra = town.override("add", "12-15", scope="zone:H2")
    assert all(row.nominal for row in schedule.pickups(bearing(extra), DECEMBER))


def test_cancelling_a_day_does_not_cancel_what_is_added_on_it() -> None:
    acting = town.override("add", "12-15", key="7.1"), town.override("cancel", "12-15", key="7.2")
    statuses = {row.status for row in schedule.pickups(bearing(*acting), spans.of_day(date(2026, 12, 15)))}
    assert statuses == {Status.ADDED}


def test_a_pickup_is_moved_into_the_span_from_outside() -> None:
    day = date(2027, 3, 3)
    moved = schedule.pickups(bearing(town.override("move", "12-10", "2027-03-03")), spans.of_day(day))
    assert [(row.date, row.nominal) for row in moved] == [(day, THURSDAY)]


def test_a_pickup_moved_out_of_the_span_is_not_in_it() -> None:
    acting = town.override("move", "12-10", "2027-03-03")
    assert THURSDAY not in [row.nominal for row in schedule.pickups(bearing(acting), DECEMBER)]


def test_the_stronger_of_two_moves_takes_the_pickup_out_of_the_span_again() -> None:
    weak = town.override("move", "12-10", "2027-03-03")
    strong = town.override("move", "12-10", "2027-04-04", HOUSE)
    assert not schedule.pickups(bearing(weak, strong), spans.of_day(date(2027, 3, 3)))


def test_what_staff_said_is_no_longer_preliminary() -> None:
    nominal = date(2027, 1, 7)
    town_ = bearing().town
    assert town_.holidays_decided_until == date(2027, 1, 4)
    assert on(nominal).preliminary
    assert not on(nominal, town.override("move", "2027-01-07", "2027-01-08")).preliminary


DAYS = st.dates(date(2026, 12, 1), date(2026, 12, 31))
OVERRIDES = st.builds(
    lambda kind, on, to, scope, edit, index: Override(
        f"{edit}.{index}", overrides.Kind(kind), scope, (), on, to if kind == "move" else None, edit=edit
    ),
    st.sampled_from(["move", "cancel", "delay", "add"]),
    st.sampled_from([THURSDAY, date(2026, 12, 24), date(2026, 12, 11)]),
    DAYS,
    st.sampled_from(["everyone", "zone:H1", "zone:H2", STREET, HOUSE]),
    st.integers(1, 12),
    st.integers(1, 12),
)


@given(st.lists(OVERRIDES, unique_by=lambda row: row.key, max_size=8).flatmap(
    lambda rows: st.tuples(st.just(rows), st.permutations(rows))
))  # fmt: skip
def test_the_order_of_overrides_is_indifferent(pair: tuple[list[Override], list[Override]]) -> None:
    one, other = (schedule.pickups(bearing(*rows), DECEMBER) for rows in pair)
    assert one == other
