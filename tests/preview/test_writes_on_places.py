"""Is what is said before publishing what happens afterwards, where rules, zones and addresses change?"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tests import loaded, town
from tests.preview.test_preview import SCOPES
from wastecal import answers, data, edits, preview, undoing, words
from wastecal.core import recurrence
from wastecal.core.answer import Answer
from wastecal.core.recurrence import Rule, Season
from wastecal.core.rows import Zone, ZoneMove
from wastecal.edits import Write
from wastecal.models import TABLES, Address
from wastecal.models import Rule as RuleRow
from wastecal.models import ZoneMove as ZoneMoveRow

pytestmark = pytest.mark.django_db

Part = tuple[str, Sequence[Any], Sequence[Any]]
"""(table, rows that begin, primary keys of rows that end)."""

DAYS = st.sampled_from([date(2026, 11, 1), date(2026, 11, 24), date(2026, 12, 9), date(2027, 3, 1)])
PATTERNS = (
    ("FREQ=WEEKLY", "11-25"),
    ("FREQ=WEEKLY;INTERVAL=2", "11-26"),
    ("FREQ=WEEKLY;INTERVAL=4", "12-03"),
    ("FREQ=YEARLY;BYWEEKNO=1,3,49,51,53;BYDAY=TU", "12-01"),
    ("FREQ=MONTHLY;BYDAY=1TU", "12-01"),
    (recurrence.NOT_EMPTIED, ""),
)


_holmby = loaded.once(autouse=True)


def told() -> dict[str, Any]:
    """What every address is told, in programs and on its page, but for the numbers of Edits."""
    slugs = Address.objects.values_list("slug", flat=True).distinct()
    with translation.override("sv"):
        found = {slug: answers.for_address(slug, town.TODAY) for slug in slugs}
        return {slug: _said(answer) for slug, answer in found.items() if answer}


def _said(answer: Answer) -> dict[str, Any]:
    standings = (*answer.standings, *answer.optional)
    rules = [(words.frequency(row.rule), row.rule.season) for row in standings if row.rule]
    said = {**data.as_data(answer, "sv"), "edit": None, "updated": None}
    return {**said, "zone_name": answer.zone_name, "rules": rules}


def different(before: dict[str, Any], after: dict[str, Any]) -> int:
    return sum(before.get(slug) != after.get(slug) for slug in {*before, *after})


@st.composite
def rule(draw: Callable[..., Any]) -> Part:
    rrule, anchor = draw(st.sampled_from(PATTERNS))
    valid_from = draw(st.none() | DAYS)
    row = Rule(
        scope=draw(st.sampled_from(SCOPES)),
        container=draw(st.sampled_from(["karl-1", "karl-2", "tradgard"])),
        anchor=town.day(anchor) if anchor else None,
        rrule=rrule,
        season=draw(st.none() | st.just(Season(48, 12))),
        valid_from=valid_from,
    )
    return "rules", [row], []


@st.composite
def ended_rule(draw: Callable[..., Any]) -> Part:
    return "rules", [], [draw(st.sampled_from(range(len(town.RULES))))]


@st.composite
def moved(draw: Callable[..., Any]) -> Part:
    zone = draw(st.sampled_from(["H1", "H2"]))
    return "zone_moves", [ZoneMove(draw(st.sampled_from(town.SLUGS)), zone, draw(DAYS))], []


@st.composite
def address(draw: Callable[..., Any]) -> Part:
    place = draw(st.sampled_from(range(len(town.SLUGS))))
    row = town.ADDRESSES[place]
    changed = draw(
        st.sampled_from(
            [
                replace(row, zone="H2"),
                replace(row, zone=""),
                replace(row, kind="fritidshus"),
                replace(row, street="Nya gatan", also=(row.slug, "holmby/a/1")),
                replace(row, street="Ängavägen", number="99"),
                replace(row, lat=55.5, lon=12.9),
                replace(row, also=("holmby/gamla-gatan/1",)),
                town.address("Nygatan", "7", "H1"),
                None,
            ]
        )
    )
    if changed is not None and changed.slug != row.slug:
        return "addresses", [changed], []
    return "addresses", [changed] if changed else [], [place]


PARTS = st.one_of(
    *(address(), address(), address(), rule(), ended_rule(), moved()),
    st.sampled_from([("zones", [Zone("H1", "Norr")], [0]), ("zones", [], [1])]),
)
MODELS = {"rules": RuleRow, "zone_moves": ZoneMoveRow}


def write(parts: Sequence[Part]) -> Write:
    """All the parts as one write; of two about one row the first."""
    begin: dict[str, list[Any]] = {}
    end: dict[str, list[Any]] = {}
    known = {name: list(TABLES[name]._default_manager.order_by("pk")) for name, _, _ in parts}
    for name, fresh, gone in parts:
        keys = [_row(known[name], name, place).pk for place in gone]
        slugs = {row.slug for row in begin.get(name, ()) if name == "addresses"}
        if set(keys) & set(end.get(name, ())) or slugs & {getattr(row, "slug", "") for row in fresh}:
            continue
        begin.setdefault(name, []).extend(fresh)
        end.setdefault(name, []).extend(keys)
    return Write(begin, end)


def _row(rows: Sequence[Any], name: str, place: int) -> Any:
    if name == "addresses":
        return next(row for row in rows if row.slug == town.SLUGS[place])
    return rows[place]


@loaded.seldom
@given(st.lists(PARTS, min_size=1, max_size=3), st.lists(rule() | moved(), max_size=2))
def test_the_number_shown_is_that_of_the_addresses_whose_answer_differs_afterwards(
    parts: list[Part], earlier: list[Part]
) -> None:
    with loaded.taken_back():
        edits.record(lambda: write(earlier), "Tidigare", town.NOON)
        fresh = write(parts)
        shown, before = preview.of(fresh, town.TODAY), told()
        edits.record(lambda: fresh, "Ändring", town.NOON)
        assert shown.addresses == different(before, told())


@loaded.seldom
@given(st.lists(PARTS, min_size=1, max_size=2))
def test_undoing_it_brings_the_same_answers_back(parts: list[Part]) -> None:
    with loaded.taken_back():
        before, fresh = told(), write(parts)
        made = edits.record(lambda: fresh, "Ändring", town.NOON)
        assert made
        undoing.undo(made.number, "Ångrat", town.NOON)
        assert told() == before


def test_what_an_answer_does_not_show_is_not_counted() -> None:
    corrected = replace(town.ADDRESSES[0], lat=55.6, lon=12.8, also=("holmby/gamla-gatan/1",))
    assert preview.of(write([("addresses", [corrected], [0])]), town.TODAY).addresses == 0


def test_a_zone_that_is_left_and_gone_is_named_nowhere_any_longer() -> None:
    slug = "holmby/angavagen/4"
    edits.record(lambda: Write({"zone_moves": [ZoneMove(slug, "H1", town.TODAY)]}, {}), "Flyttad", town.NOON)
    fresh, before = write([("zones", [], [1])]), told()
    assert preview.of(fresh, town.TODAY).addresses == 1
    edits.record(lambda: fresh, "Borttagen", town.NOON)
    (changed,) = (slug for slug, said in told().items() if said != before[slug])
    answer = answers.for_address(changed, town.TODAY)
    assert answer
    assert (answer.zone, answer.zone_name) == ("H1", "Holmby norra")


def merged() -> Write:
    gone, stays = (Address.objects.get(slug=slug, ended_edit=None) for slug in town.SLUGS[:2])
    also = replace(stays.to_core(), also=(gone.slug,))
    return Write({"addresses": [also]}, {"addresses": [gone.pk, stays.pk]})


def test_an_address_that_becomes_one_with_another_answers_there_and_is_the_only_one_told_otherwise() -> None:
    gone, stays = town.SLUGS[:2]
    fresh, before = merged(), told()
    assert preview.of(fresh, town.TODAY).addresses == 1
    edits.record(lambda: fresh, "Sammanslagna", town.NOON)
    assert different(before, told()) == 1
    assert told()[gone] == told()[stays]
    there = answers.for_address(gone, town.TODAY, as_of=1)
    assert there
    assert there.place.slug == gone
    everything = answers.everything()
    assert everything
    assert [row.place.slug for row in everything.addresses if row.slug == gone] == [stays]


def test_it_goes_on_answering_when_the_same_addresses_are_loaded_once_more() -> None:
    edits.record(merged, "Sammanslagna", town.NOON)
    left = [row for row in town.ADDRESSES if row.slug != town.SLUGS[0]]
    town.load(town.directory(addresses=left), remove=True)
    assert answers.for_address(town.SLUGS[0], town.TODAY)
