"""Does the answer say what is known, for whom, how surely, and as of which Edit?"""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from tests import town
from wastecal.core import answer, places, register, spans
from wastecal.core.answer import Answer, Known, Standing
from wastecal.core.recurrence import Provenance, Rule
from wastecal.core.rows import Edit, ZoneMove
from wastecal.core.spans import Span

HOUSE = f"address:{town.H1}"
KARL_1 = town.CONTAINERS[0]


def standing(code: str = "karl-1", slug: str = town.H1, **more: Any) -> Standing:
    found = town.answer(slug, **more)
    return next(row for row in (*found.standings, *found.optional) if row.container.code == code)


def codes(found: Answer) -> tuple[list[str], list[str]]:
    return [row.container.code for row in found.standings], [row.container.code for row in found.optional]


def test_a_rule_with_dates_is_known() -> None:
    found = standing(rules=[town.rule()])
    assert (found.known, found.rrule, found.emptied) == (Known.KNOWN, town.FORTNIGHTLY, True)


def test_guesses_below_shown_from_are_candidates_the_likeliest_first() -> None:
    low, high = town.guess(0.44, "zone:H1", "12-08"), town.guess(0.51, "zone:H1", "12-01")
    found = standing(rules=[low, high])
    assert found.known is Known.CANDIDATES
    assert [(row.rule.probability, row.next) for row in found.candidates] == [
        (0.51, date(2026, 12, 1)), (0.44, date(2026, 12, 8)),
    ]  # fmt: skip
    assert found.rrule == KARL_1.default_rrule


def test_candidates_give_no_pickups() -> None:
    assert town.answer(rules=[town.guess(0.51, "zone:H1", "12-01")], overrides=[]).pickups == ()


def test_the_next_date_of_a_candidate_is_after_this_month_on_every_day_of_it() -> None:
    rules = [town.guess(0.5, "zone:H1", "11-03")]
    days = [date(2026, 11, 1), date(2026, 11, 30)]
    assert {standing(rules=rules, today=day).candidates[0].next for day in days} == {date(2026, 12, 1)}


def test_without_any_rule_the_interval_is_known_alone() -> None:
    found = standing(rules=[])
    assert (found.known, found.rrule, found.rule) == (Known.INTERVAL_ONLY, KARL_1.default_rrule, None)


def test_without_an_interval_nothing_is_known() -> None:
    assert standing(rules=[], containers=[replace(KARL_1, default_rrule="")]).known is Known.NONE


def test_not_emptied_here_is_said() -> None:
    found = standing(rules=[town.rule(), town.not_emptied(HOUSE)])
    assert (found.known, found.emptied) == (Known.NONE, False)


def test_a_confirmed_not_emptied_outranks_a_guess() -> None:
    found = standing(rules=[town.guess(0.5, "zone:H1"), town.not_emptied(HOUSE)])
    assert (found.known, found.emptied, found.candidates) == (Known.NONE, False, ())


def test_what_ended_last_month_is_not_known_any_more() -> None:
    ended = town.rule(anchor="10-01", valid_until=date(2026, 11, 1))
    found = town.answer(rules=[ended], overrides=[])
    assert [row.nominal for row in found.pickups] == [town.day(day) for day in ("10-01", "10-15", "10-29")]
    assert found.standings[0].known is Known.INTERVAL_ONLY


def test_a_container_no_longer_emptied_is_not_emptied_though_it_was_last_month() -> None:
    gone = town.not_emptied(HOUSE, valid_from=date(2026, 11, 1))
    found = standing(rules=[town.rule(anchor="10-01"), gone])
    assert (found.known, found.emptied) == (Known.NONE, False)


def test_a_question_about_the_past_is_answered_from_the_past() -> None:
    ended = town.rule(anchor="10-01", valid_until=date(2026, 11, 1))
    october = Span(date(2026, 10, 1), date(2026, 11, 1))
    assert standing(rules=[ended], span=october, today=date(2027, 3, 1)).known is Known.KNOWN


def test_a_question_about_a_far_year_is_answered_from_then() -> None:
    begins = town.rule(anchor="2029-01-04", valid_from=date(2029, 1, 1))
    year = Span(date(2029, 1, 1), date(2030, 1, 1))
    assert standing(rules=[begins], span=year).known is Known.KNOWN


def test_a_season_that_comes_within_a_year_is_known() -> None:
    assert standing("tradgard").known is Known.KNOWN


@pytest.mark.parametrize(("kind", "there"), [
    ("villa", True), ("fritidshus", True), ("", True), ("flerbostadshus", False), ("verksamhet", False),
])  # fmt: skip
def test_a_container_is_for_houses_unless_it_says_otherwise(kind: str, there: bool) -> None:
    row = replace(town.ADDRESSES[0], kind=kind, edit=1)
    found = answer.of(town.known(), places.of_address([row], ()), Span(town.TODAY, town.TODAY), town.TODAY)
    assert codes(found) == ((["karl-1", "karl-2"], ["tradgard"]) if there else ([], []))


def test_a_container_for_flats_is_for_flats_alone() -> None:
    containers = [replace(KARL_1, kinds=("flerbostadshus",))]
    assert codes(town.answer("holmby/parkgatan/1", containers=containers)) == (["karl-1"], [])
    assert codes(town.answer(containers=containers)) == ([], [])


def test_a_block_of_flats_has_a_container_by_a_rule_of_its_own() -> None:
    own = town.rule("address:holmby/parkgatan/1", "12-01")
    found = town.answer("holmby/parkgatan/1", rules=[*town.RULES, own])
    assert codes(found) == (["karl-1"], [])
    assert found.pickups[0].date == date(2026, 12, 1)


def test_an_optional_container_is_apart_but_for_an_address_rule() -> None:
    assert codes(town.answer()) == (["karl-1", "karl-2"], ["tradgard"])
    assert codes(town.answer("holmby/storgatan/12b")) == (["karl-1", "karl-2", "tradgard"], [])
    assert {row.container for row in town.answer().optional_pickups} == {"tradgard"}


def test_pickups_of_a_day_stand_in_the_order_of_the_containers() -> None:
    reordered = [replace(row, order=9 - row.order) for row in town.CONTAINERS]
    day = spans.of_day(date(2026, 11, 26))
    assert [row.container for row in town.answer(span=day).pickups] == ["karl-1", "karl-2"]
    assert [row.container for row in town.answer(span=day, containers=reordered).pickups] == [
        "karl-2",
        "karl-1",
    ]


def test_a_notice_is_for_its_scope_and_its_days() -> None:
    found = town.answer()
    assert len(found.notices) == 2
    assert [len(found.notices_on(town.day(day))) for day in ("11-22", "11-23", "11-26", "11-27")] == [
        1,
        2,
        2,
        1,
    ]
    assert len(town.answer("holmby/angavagen/4").notices) == 1


def test_a_notice_outside_the_span_is_not_told() -> None:
    late = town.notice("Sen.", "2030-01-01", "2030-02-01")
    assert town.answer(notices=[late]).notices == ()


def test_the_zone_is_the_one_of_this_month() -> None:
    slug = "holmby/strandvagen/9"
    moved = places.of_address(
        [replace(town.ADDRESSES[6], edit=1)], [ZoneMove(slug, "H2", date(2027, 2, 1), edit=1)]
    )
    for day, zone in ((date(2027, 1, 31), "H1"), (date(2027, 2, 1), "H2")):
        found = answer.of(town.known(), moved, Span(day, day), day)
        assert (found.zone, found.zone_name) == (zone, {"H1": "Holmby norra", "H2": "Holmby södra"}[zone])


def test_the_answer_is_the_same_on_every_day_of_a_month() -> None:
    first, last = (town.answer(today=date(2026, 11, day)) for day in (1, 30))
    assert replace(first, today=last.today) == last


# -- which Edit ------------------------------------------------------------------------------------


def edit_of(**changes: Any) -> int:
    return town.answer(**changes).edit


def test_the_edit_is_the_newest_that_bears_on_the_answer() -> None:
    assert edit_of() == 1
    assert edit_of(rules=[replace(town.RULES[0], edit=4)]) == 4
    assert edit_of(rules=[replace(town.RULES[0], ended_edit=5)]) == 5
    assert edit_of(containers=[replace(KARL_1, edit=6)]) == 6
    assert edit_of(municipality=[town.municipality(edit=7)]) == 7
    assert edit_of(zones=[replace(town.ZONES[1], edit=8)]) == 8
    assert edit_of(shifts=[replace(town.SHIFTS[0], edit=2, ended_edit=9)]) == 9


def test_rows_of_other_scopes_do_not_bear_on_it() -> None:
    assert edit_of(rules=[town.rule("zone:H2", edit=5)]) == 1
    assert edit_of(overrides=[town.override("cancel", "12-10", scope="zone:H2", edit=5)]) == 1


def test_an_override_bears_on_it_where_it_puts_in_or_takes_out() -> None:
    for said, number in (
        (town.override("cancel", "12-10", edit=5), 5),
        (town.override("cancel", "2030-12-10", edit=5), 1),
        (town.override("move", "2030-12-10", "12-11", edit=5), 5),
        (town.override("move", "12-10", "2030-12-11", edit=5), 5),
    ):
        assert edit_of(overrides=[said]) == number


def test_the_first_and_the_last_day_of_the_span_count() -> None:
    span = Span(town.day("12-01"), town.day("12-11"))
    for day, number in (("11-30", 1), ("12-01", 5), ("12-10", 5), ("12-11", 1)):
        assert edit_of(span=span, overrides=[town.override("cancel", day, edit=5)]) == number
    for start, stop, number in (("11-01", "12-01", 1), ("12-11", "12-12", 1), ("12-10", "12-12", 5)):
        said = replace(town.notice("x", start, stop), edit=5)
        assert edit_of(span=span, overrides=[], notices=[said]) == number


def test_updated_is_the_time_of_that_edit() -> None:
    assert town.answer().updated == town.NOON


def numbers(**changes: Any) -> set[int]:
    """The numbers of Kärl 1's pickup of 10 December."""
    found = town.answer(**{"overrides": (), "notices": (), **changes}).pickups
    return {row.sequence for row in found if (row.container, row.nominal) == ("karl-1", town.day("12-10"))}


@pytest.mark.parametrize("changes", [
    {"shifts": [replace(town.SHIFTS[1], edit=1, ended_edit=5)]},
    {"rules": [town.RULES[0], replace(town.RULES[0], edit=1, ended_edit=5)]},
    {"rules": [town.RULES[0], town.rule("everyone", edit=5, provenance=Provenance.DEFAULT)]},
    {"overrides": [town.override("cancel", "12-10", edit=1, ended_edit=5)]},
    {"overrides": [town.override("cancel", "12-10", edit=5)]},
    {"notices": [replace(town.NOTICES[0], edit=5)]},
    {"notices": [replace(town.NOTICES[0], edit=1, ended_edit=5)]},
    {"municipality": [town.municipality(edit=1, ended_edit=5, holidays_decided_until=None),
                      town.municipality(edit=5)]},
])  # fmt: skip
def test_the_number_of_a_pickup_is_the_newest_edit_on_it_or_withdrawn_from_it(
    changes: dict[str, Any],
) -> None:
    assert numbers(**changes) == {5}


@pytest.mark.parametrize("changes", [
    {"rules": [town.RULES[0], town.rule(container="karl-2", edit=5)]},
    {"overrides": [town.override("cancel", "12-10", containers=("karl-2",), edit=5)]},
    {"overrides": [town.override("cancel", "12-24", edit=5)]},
    {"overrides": [town.override("cancel", "12-10", scope="zone:H2", edit=5)]},
    {"notices": [replace(town.notice("x", "12-11", "12-12"), edit=5)]},
    {"municipality": [town.municipality(edit=1, ended_edit=5), town.municipality(edit=5, name="Holm")]},
])  # fmt: skip
def test_what_is_not_on_a_pickup_leaves_its_number_alone(changes: dict[str, Any]) -> None:
    assert numbers(**changes) == {1}


def test_the_stamp_is_the_time_of_the_number() -> None:
    assert {row.stamp for row in town.answer().pickups} == {town.NOON}


# -- as of -----------------------------------------------------------------------------------------


def test_as_of_undoes_later_rows_and_later_ends() -> None:
    ended = Rule("everyone", "karl-1", edit=1, ended_edit=3)
    made = Rule("everyone", "karl-1", edit=3)
    assert register.as_of([ended, made], 2) == (replace(ended, ended_edit=None),)
    assert register.as_of([ended, made], 3) == (ended, made)
    assert register.as_of([ended, made], 0) == ()


def test_the_register_as_of_an_edit_knows_no_later_one() -> None:
    at = datetime.fromisoformat("2026-01-01T00:00:00+01:00")
    tables: dict[str, Any] = dict.fromkeys(
        ("municipality", "containers", "zones", "shifts", "rules", "overrides", "notices"), ()
    )
    tables["overrides"] = [town.override("cancel", "12-10", edit=2)]
    known = register.build(tables, [Edit(1, at), Edit(2, at)])
    assert known.edit == 2
    before = register.register_as_of(known, 1)
    assert (before.edit, before.overrides) == (1, {"everyone": ()})


def test_the_address_and_its_zone_moves_raise_the_numbers_of_all_its_pickups() -> None:
    row = replace(town.ADDRESSES[0], edit=4)
    withdrawn = ZoneMove(town.H1, "H2", date(2026, 12, 1), edit=2, ended_edit=6)
    december = Span(date(2026, 12, 1), date(2027, 1, 1))
    for moves, number in (([], 4), ([withdrawn], 6)):
        found = answer.of(town.known(), places.of_address([row], moves), december, town.TODAY)
        assert {pickup.sequence for pickup in found.pickups} == {number}
        assert found.edit == number


def test_a_zones_notice_is_for_those_who_belong_to_it_on_the_day() -> None:
    said = replace(town.notice("Byte.", "2027-01-15", "2027-03-01", "zone:H1"), edit=1)
    row, moves = replace(town.ADDRESSES[0], edit=1), [ZoneMove(town.H1, "H2", date(2027, 2, 1), edit=1)]
    span = Span(date(2027, 1, 1), date(2027, 4, 1))
    found = answer.of(town.known(notices=[said]), places.of_address([row], moves), span, town.TODAY)
    assert found.notices_on(date(2027, 1, 31)) == (said,)
    assert found.notices_on(date(2027, 2, 1)) == ()
