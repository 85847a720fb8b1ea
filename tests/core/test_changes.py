"""Is the difference between what there is and what there should be the smallest one?"""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests import town
from wastecal.core import changes
from wastecal.core.changes import Changes
from wastecal.core.directory import identity
from wastecal.core.rows import Zone
from wastecal.core.shifts import Shift

ROWS = st.lists(st.builds(Zone, st.sampled_from("ABC"), st.sampled_from("xy")), max_size=6)


def diff(old: list[Any], new: list[Any]) -> Changes:
    return changes.diff([replace(row, edit=1) for row in old], new, identity)


def test_versions_and_keys_make_no_difference() -> None:
    said = town.override("cancel", "12-10", key="1.1", edit=1)
    assert not changes.diff([said], [replace(said, key="", edit=0)], identity)


def test_a_row_that_has_ended_is_not_wanted() -> None:
    assert diff([Zone("A", "x")], [replace(Zone("A", "x"), edit=1, ended_edit=2)]).removed == 1


def test_a_changed_row_is_one_change() -> None:
    found = diff([Zone("A", "x"), Zone("B", "x")], [Zone("A", "y"), Zone("C", "x")])
    assert (found.added, len(found.changed), found.removed) == (1, 1, 1)
    assert found.changed[0][1] == Zone("A", "y")


@given(ROWS, ROWS)
def test_ending_and_beginning_makes_the_old_the_new(old: list[Zone], new: list[Zone]) -> None:
    found = diff(old, new)
    left = list(map(changes.content, old))
    for row in found.ended:
        left.remove(changes.content(row))
    assert sorted([*left, *found.begun], key=repr) == sorted(new, key=repr)
    assert not {changes.content(row) for row in found.ended} & set(found.begun)
    assert bool(found) == (sorted(old, key=repr) != sorted(new, key=repr))


@given(st.lists(st.sampled_from("abc"), max_size=5), st.lists(st.sampled_from("abc"), max_size=5))
def test_where_order_counts_it_is_kept(old: list[str], new: list[str]) -> None:
    before = [Shift(name, "none", edit=1) for name in old]
    found = changes.diff_in_order(before, [Shift(name, "none") for name in new])
    stays = before[: len(old) - len(found.ended)]
    assert [row.holiday for row in (*stays, *found.begun)] == new
    assert [*stays, *found.ended] == before
