"""Is nothing at all emptied on a closed day, and is everything else as it was?"""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import loaded, town
from wastecal import answers, data, edits, preview, undoing
from wastecal.core.answer import Answer
from wastecal.core.directory import Directory
from wastecal.core.overrides import Kind, Override
from wastecal.core.pickup import Pickup
from wastecal.edits import Write
from wastecal.staff.deviations import closing, grounds

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 26)
SCOPES = (
    "everyone",
    "zone:H1",
    "zone:H2",
    "street:holmby/storgatan",
    "street:holmby/strandvagen",
    "street:holmby/mixgatan",
    "address:holmby/storgatan/1",
    "address:holmby/mixgatan/2",
)
NEAR = st.sampled_from(
    [DAY, DAY, DAY + timedelta(days=1), DAY + timedelta(days=14), DAY - timedelta(days=14)]
)
MIXED = (town.address("Mixgatan", "1", "H1"), town.address("Mixgatan", "2", "H2"))
"""A street of which one side lies in another zone."""
ADDRESSES = (*town.ADDRESSES, *MIXED)


def directory() -> Directory:
    rules = (*town.RULES, town.rule("zone:H2", "11-26", container="karl-1"))
    return town.directory(addresses=ADDRESSES, rules=rules, overrides=())


_holmby = loaded.once(directory, autouse=True)


@st.composite
def override(draw: Callable[..., Any]) -> Override:
    kind = draw(st.sampled_from(list(Kind)))
    to = draw(NEAR) if kind is Kind.MOVE else None
    until = to + timedelta(days=1) if to and draw(st.booleans()) else None
    containers = draw(st.sampled_from([(), ("karl-1",), ("karl-2", "tradgard")]))
    return Override("", kind, draw(st.sampled_from(SCOPES)), containers, draw(NEAR), to, until)


def everybody() -> dict[str, Answer]:
    found = {row.slug: answers.for_address(row.slug, town.TODAY) for row in ADDRESSES}
    return {slug: answer for slug, answer in found.items() if answer}


def is_told(answer: Answer) -> dict[str, Any]:
    """What a program reads, and the names of added collections, but for the numbers of Edits."""
    keys = [row.key for row in answer.pickups if row.nominal is None]
    return {**data.as_data(answer, "sv"), "edit": None, "updated": None, "keys": keys}


def pickups_of(answer: Answer) -> dict[tuple[str, str], Pickup]:
    """Its pickups by container and identity."""
    pickups = (*answer.pickups, *answer.optional_pickups)
    return {(pickup.container, pickup.identity): pickup for pickup in pickups}


def is_on_the_day(pickup: Pickup) -> bool:
    return pickup.comes and pickup.date <= DAY <= pickup.last_day


def facts(pickup: Pickup) -> tuple[object, ...]:
    return pickup.container, pickup.date, pickup.date_until, pickup.comes


@loaded.seldom
@given(
    earlier=st.lists(override(), max_size=4),
    scope=st.sampled_from(SCOPES),
    containers=st.sampled_from([(), ("karl-1",), ("karl-2",)]),
    to=st.sampled_from([None, DAY + timedelta(days=2)]),
)
def test_what_was_on_the_day_goes_and_all_else_stays(
    earlier: list[Override], scope: str, containers: tuple[str, ...], to: date | None
) -> None:
    with loaded.taken_back():
        edits.record(lambda: Write({"overrides": earlier}, {}), "Tidigare", town.NOON)
        now = answers.known()
        assert now
        there = everybody()
        before = {slug: pickups_of(answer) for slug, answer in there.items()}
        order = closing.Order(DAY, (scope,), containers, to)
        try:
            found = closing.of(now.register, order, grounds.ground(now.register))
        except closing.TooWide:
            assert any(row.kind is Kind.ADD and row.scope != scope for row in earlier)
            return
        write = Write({"overrides": found.begin}, undoing.withdrawal(found.end).end)
        shown = preview.of(write, town.TODAY)
        edits.record(lambda: write, "Stängt", town.NOON)
        after = everybody()
        assert shown.addresses == sum(is_told(there[slug]) != is_told(after[slug]) for slug in there)
        for slug in there:
            is_within = there[slug].place.is_within(order.scopes[0], DAY)
            _compare(slug, order if is_within else None, before[slug], pickups_of(after[slug]))


def _compare(slug: str, order: closing.Order | None, before: Any, after: Any) -> None:
    """`order` is None where the address lies outside of what is closed."""
    closed = {
        which
        for which, pickup in before.items()
        if order and is_on_the_day(pickup) and (not order.containers or pickup.container in order.containers)
    }
    to = order.to if order else None
    for which in closed:
        pickup = after.get(which)
        gone = (False, before[which].planned) if before[which].nominal else None
        assert (pickup and (pickup.comes, pickup.date)) == ((True, to) if to else gone), (slug, which)
    stays, again = (
        Counter(facts(pickup) for which, pickup in found.items() if which not in closed)
        for found in (before, after)
    )
    assert again == stays, slug


def test_what_was_moved_or_added_to_the_day_is_closed_too() -> None:
    earlier = [
        town.override("move", "12-10", "11-26", "zone:H1", containers=("karl-1",)),
        town.override("add", "11-26", scope=f"address:{town.H1}", containers=("karl-2",)),
    ]
    edits.record(lambda: Write({"overrides": earlier}, {}), "Tidigare", town.NOON)
    now = answers.known()
    assert now
    order = closing.Order(DAY, ("everyone",), (), DAY + timedelta(days=1))
    found = closing.of(now.register, order, grounds.ground(now.register))
    assert sorted((row.scope, row.day) for row in found.begin) == [
        (f"address:{town.H1}", date(2026, 11, 27)),
        ("everyone", DAY),
        ("zone:H1", date(2026, 12, 10)),
    ]
    assert found.end == ("2.2",)
