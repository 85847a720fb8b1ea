"""Is what is said before publishing what happens afterwards?"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tests import loaded, town
from wastecal import answers, data, edits, preview, undoing
from wastecal.core.overrides import Kind, Override, Reason
from wastecal.core.rows import ZoneMove
from wastecal.core.texts import of as text
from wastecal.edits import Write
from wastecal.models import Address
from wastecal.models import Override as OverrideRow

pytestmark = pytest.mark.django_db

SCOPES = (
    "everyone",
    "zone:H1",
    "zone:H2",
    "street:holmby/storgatan",
    "street:holmby/strandvagen",
    "address:holmby/storgatan/1",
    "address:holmby/strandvagen/9",
    "address:holmby/angavagen/6",
)
DAYS = st.dates(date(2026, 12, 1), date(2026, 12, 31)) | st.sampled_from(
    [date(2026, 11, 26), date(2026, 12, 10), date(2026, 12, 11), date(2026, 12, 23), date(2027, 2, 4)]
)


_holmby = loaded.once(autouse=True)


def told() -> dict[str, Any]:
    """What every address is told, as a program reads it, but for the numbers of Edits."""
    found = {}
    with translation.override("sv"):
        for slug in town.SLUGS:
            answer = answers.for_address(slug, town.TODAY)
            said = data.as_data(answer, "sv") if answer else {}
            keys = [row.key for row in (answer.pickups if answer else ()) if row.nominal is None]
            found[slug] = {**said, "edit": None, "updated": None, "keys": keys}
    return found


def number_of_different(before: dict[str, Any], after: dict[str, Any]) -> int:
    return sum(before[slug] != after[slug] for slug in town.SLUGS)


@st.composite
def override(draw: Callable[..., Any]) -> Override:
    kind = draw(st.sampled_from(list(Kind)))
    scope = draw(st.sampled_from(SCOPES))
    day = draw(DAYS)
    to = draw(DAYS) if kind is Kind.MOVE else None
    until = to + timedelta(days=1) if to and draw(st.booleans()) else None
    words = draw(st.sampled_from(["", *(reason.value for reason in Reason)]))
    containers = draw(st.sampled_from([(), ("karl-1",), ("karl-2", "tradgard")]))
    return Override("", kind, scope, containers, day, to, until, text({"sv": words}))


@loaded.seldom
@given(st.lists(override(), max_size=3), st.lists(override(), min_size=1, max_size=3), st.integers(0, 9))
def test_the_number_shown_is_that_of_the_addresses_whose_answer_differs_afterwards(
    earlier: list[Override], fresh: list[Override], ends: int
) -> None:
    with loaded.taken_back():
        edits.record(lambda: Write({"overrides": earlier}, {}), "Tidigare", town.NOON)
        keys = list(OverrideRow.objects.values_list("pk", flat=True))[:ends]
        write = Write({"overrides": fresh}, {"overrides": keys})
        shown, before = preview.of(write, town.TODAY), told()
        edits.record(lambda: write, "Avvikelse", town.NOON)
        assert shown.addresses == number_of_different(before, told())


@loaded.seldom
@given(override())
def test_undoing_an_edit_brings_the_same_answers_back(fresh: Override) -> None:
    with loaded.taken_back():
        before = told()
        made = edits.record(lambda: Write({"overrides": [fresh]}, {}), "Avvikelse", town.NOON)
        assert made
        shown = preview.of(undoing.write(made.number), town.TODAY)
        middle = told()
        undoing.undo(made.number, "Ångrat", town.NOON)
        assert told() == before
        assert shown.addresses == number_of_different(middle, before)


def of_overrides(*rows: Override) -> preview.Preview:
    return preview.of(Write({"overrides": rows}, {}), town.TODAY)


def test_a_day_moved_for_a_zone_is_one_line_for_all_its_houses() -> None:
    shown = of_overrides(town.override("move", "11-26", "11-27", "zone:H1"))
    houses = [(line.containers, line.addresses) for line in shown.lines]
    # Storgatan 1 has both containers; Storgatan 2 only the first; what is said at 12B and at
    # Strandvägen 9 themselves goes before, but for the container that it does not speak of.
    assert sorted(houses) == [(("karl-1",), 2), (("karl-1", "karl-2"), 1)]
    assert {(line.before.date, line.after.date) for line in shown.lines if line.before and line.after} == {
        (date(2026, 11, 26), date(2026, 11, 27))
    }
    assert (shown.addresses, shown.pickups) == (3, 4)


def test_it_says_how_many_addresses_the_new_day_has_already() -> None:
    shown = of_overrides(town.override("move", "11-26", "11-27", "zone:H1"))
    loads = {load.day: (load.before, load.after) for load in shown.loads}
    assert loads == {date(2026, 11, 26): (3, 0), date(2026, 11, 27): (1, 3)}


def test_it_says_which_words_of_the_staff_go_before() -> None:
    shown = of_overrides(town.override("cancel", "11-26", scope="zone:H1"))
    met = {(clash.override.scope, clash.wins, clash.addresses) for clash in shown.clashes}
    assert met == {
        ("address:holmby/strandvagen/9", True, 1),
        ("address:holmby/storgatan/12b", True, 1),
    }


def test_a_day_off_that_would_get_collections_is_named() -> None:
    shown = of_overrides(town.override("move", "12-10", "12-25", "zone:H1", containers=("karl-2",)))
    assert shown.free == ()  # Kärl 2 does not come on 10 December
    shown = of_overrides(town.override("move", "11-26", "12-25", "zone:H1"))
    assert shown.free == ((date(2026, 12, 25), "Juldagen"),)


def test_a_new_rule_is_counted_where_it_bears_and_nowhere_else() -> None:
    rule = town.rule("zone:H2", "11-25")
    shown = preview.of(Write({"rules": [rule]}, {}), town.TODAY)
    assert shown.zones == {"H2", "H1"}  # Strandvägen 9 moves from H1 to H2 in February
    assert shown.addresses == 2


def test_an_address_that_moves_to_another_zone_is_counted_alone() -> None:
    move = ZoneMove("holmby/storgatan/1", "H2", date(2026, 12, 1))
    assert preview.of(Write({"zone_moves": [move]}, {}), town.TODAY).addresses == 1


def test_a_new_address_and_a_renamed_one_are_counted() -> None:
    row = town.ADDRESSES[0]
    pk = Address.objects.get(slug=row.slug).pk
    renamed = replace(row, street="Stora gatan")
    added = town.address("Nygatan", "1", "H1")
    shown = preview.of(Write({"addresses": [renamed, added]}, {"addresses": [pk]}), town.TODAY)
    assert shown.addresses == 2


def test_the_digest_is_the_same_while_nothing_that_is_shown_changes() -> None:
    write = Write({"overrides": [town.override("move", "11-26", "11-27", "zone:H1")]}, {})
    first = preview.of(write, town.TODAY)
    said(town.override("add", "12-30", scope="zone:H2"))
    second = preview.of(write, town.TODAY)
    assert (first.edit, first.digest) == (second.edit - 1, second.digest)
    said(town.override("cancel", "11-26", scope="everyone"))
    assert preview.of(write, town.TODAY).digest != second.digest


def said(row: Override) -> None:
    """Somebody else has published an override."""
    edits.record(lambda: Write({"overrides": [row]}, {}), "", town.NOON)
