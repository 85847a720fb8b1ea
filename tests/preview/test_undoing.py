"""Can an Edit be taken back, and is it refused where later ones rest on it?"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tests import loaded, town
from tests.test_history import Witness
from wastecal import answers, edits, undoing
from wastecal.core.rows import Zone, ZoneMove
from wastecal.core.shifts import Shift
from wastecal.edits import Write
from wastecal.models import Override, Rule
from wastecal.models import Shift as ShiftRow

pytestmark = pytest.mark.django_db


_holmby = loaded.once(autouse=True)


def write(end: dict[str, Sequence[Any]] | None = None, **begin: Sequence[Any]) -> int:
    made = edits.record(lambda: Write(begin, end or {}), "Test", town.NOON)
    assert made
    return made.number


def undo(number: int) -> int:
    made = undoing.undo(number, "Ångrat", town.NOON)
    assert made
    return made.number


def test_an_undone_override_is_ended_and_not_deleted() -> None:
    number = write(overrides=[town.override("cancel", "12-24")])
    undone = undo(number)
    row = Override.objects.get(edit=number)
    assert row.ended_edit_id == undone


def test_a_withdrawn_override_comes_back_with_a_key_of_its_own() -> None:
    number = write(overrides=[town.override("cancel", "12-24")])
    key = Override.objects.get(edit=number).key
    withdrawn = write(dict(undoing.withdrawal([key]).end))
    back = undo(withdrawn)
    assert Override.objects.get(edit=back).key == f"{back}.1"
    assert undoing.withdrawal([key]) == Write({}, {"overrides": []})


def test_a_withdrawn_extra_collection_comes_back_once_and_is_the_same() -> None:
    number = write(overrides=[town.override("add", "12-24")])
    key = Override.objects.get(edit=number).key
    withdrawn = write(dict(undoing.withdrawal([key]).end))
    back = undo(withdrawn)
    assert Override.objects.get(edit=back).key == key
    with pytest.raises(undoing.CannotUndo) as refused:
        undo(withdrawn)
    assert refused.value.later == back


def extra() -> list[tuple[Any, Any]]:
    """The added collection of Edit 2 as it is now, if it is."""
    return list(Override.keyed(Override.objects.filter(ended_edit=None, key="2.1")))


def moved(day: int) -> None:
    for pk, row in extra():
        write({"overrides": [pk]}, overrides=[replace(row, date=date(2026, 12, day))])


def withdrawn(_: int) -> None:
    for pk, _row in extra():
        write({"overrides": [pk]})


def undone(number: int) -> None:
    with suppress(undoing.CannotUndo):
        undo(2 + number % (answers.newest_edit() - 1))


@loaded.seldom
@given(st.lists(st.tuples(st.sampled_from([moved, withdrawn, undone]), st.integers(1, 31)), max_size=6))
def test_an_added_collection_is_one_event_whatever_becomes_of_it(steps: list[Any]) -> None:
    with loaded.taken_back(), translation.override("sv"):
        write(overrides=[town.override("add", "12-15", containers=("karl-1",))])
        witness = Witness()
        for act, number in [*steps, (withdrawn, 1)]:
            answer = answers.for_address(town.H1, town.TODAY)
            assert answer
            witness.sees(answer)
            act(number)
    names = {name for name in witness.numbers if not name.startswith("202")}
    assert names == {f"2.1.karl-1.{town.H1}@holmby.example"}


def test_sequence_rises_when_a_move_is_undone() -> None:
    def sequence() -> int:
        answer = answers.for_address(town.H1, town.TODAY)
        assert answer
        return next(row.sequence for row in answer.pickups if row.nominal == town.day("11-26"))

    seen = [sequence()]
    number = write(overrides=[town.override("move", "11-26", "11-27")])
    seen.append(sequence())
    undo(undo(number))
    seen.append(sequence())
    assert seen == sorted(set(seen))


def test_an_edit_that_is_undone_already_is_refused_by_name() -> None:
    number = write(overrides=[town.override("cancel", "12-24")])
    undone = undo(number)
    with pytest.raises(undoing.CannotUndo) as refused:
        undo(number)
    assert refused.value.later == undone


def test_a_zone_that_rules_speak_of_stays() -> None:
    number = write(zones=[Zone("H9", "Nytt")])
    later = write(rules=[town.rule("zone:H9")])
    with pytest.raises(undoing.CannotUndo) as refused:
        undo(number)
    assert refused.value.later == later
    undo(later)
    undo(number)


def test_a_zone_is_not_brought_back_beside_another_of_its_name() -> None:
    number = write(zones=[Zone("H9", "Nytt")])
    ended = undo(number)
    later = write(zones=[Zone("h9", "Nyare")])
    with pytest.raises(undoing.CannotUndo) as refused:
        undo(ended)
    assert refused.value.later == later


def test_the_town_itself_is_not_undone() -> None:
    with pytest.raises(undoing.CannotUndo):
        undo(1)


def test_the_order_of_the_holiday_policy_comes_back() -> None:
    rows = list(ShiftRow.objects.order_by("pk"))
    before = [town.SHIFTS[0].holiday, town.SHIFTS[1].holiday]
    number = write({"shifts": [rows[0].pk]}, shifts=[Shift("Nyårsdagen", "next_weekday")])
    undo(number)
    live = ShiftRow.values_of(ShiftRow.objects.filter(ended_edit=None).order_by("pk"))
    assert [row.holiday for row in live] == before


def test_a_rule_that_took_anothers_place_gives_it_back() -> None:
    pk = Rule.objects.get(scope="zone:H1", container="karl-1").pk
    before = answers.for_address(town.H1, town.TODAY)
    number = write({"rules": [pk]}, rules=[town.rule("zone:H1", "11-25")])
    undo(number)
    after = answers.for_address(town.H1, town.TODAY)
    assert before
    assert after
    assert [row.date for row in after.pickups] == [row.date for row in before.pickups]


def test_streets_moved_to_another_zone_move_back() -> None:
    number = write(zone_moves=[ZoneMove(town.H1, "H2", town.day("2027-01-01"))])
    undo(number)
    answer = answers.for_address(town.H1, town.TODAY)
    assert answer
    assert answer.place.zone_on(town.day("2027-06-01")) == "H1"
