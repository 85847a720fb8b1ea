"""Does a place know which scopes bear on it, now and ever?"""

from dataclasses import replace
from datetime import date

from tests import town
from wastecal.core import places, scopes
from wastecal.core.rows import Zone, ZoneMove

DAY = date(2026, 12, 1)
ROW = replace(town.ADDRESSES[0], edit=1)


def test_all_four_kinds_of_scope_bear_on_an_address() -> None:
    place = places.of_address([ROW], ())
    own = ("everyone", "zone:H1", "street:holmby/storgatan", "address:holmby/storgatan/1")
    assert all(place.is_within(scope, DAY) for scope in own)
    others = ("zone:H2", "zone:", "street:holmby/storgata", "address:holmby/storgatan/12b")
    assert not any(place.is_within(scope, DAY) for scope in others)


def test_an_address_without_a_zone_is_in_none() -> None:
    place = places.of_address([replace(ROW, zone="")], ())
    assert place.zone_on(DAY) == ""
    assert not place.is_within("zone:", DAY)


def test_scopes_that_once_bore_on_it_are_remembered() -> None:
    old = replace(ROW, zone="H2", street="Gamla gatan", ended_edit=3)
    moves = [ZoneMove(ROW.slug, "H9", DAY, edit=2, ended_edit=4)]
    place = places.of_address([old, replace(ROW, edit=3)], moves)
    assert {"zone:H1", "zone:H2", "zone:H9", "street:holmby/gamla-gatan"} <= set(place.scopes_ever)
    assert not place.is_within("street:holmby/gamla-gatan", DAY)
    assert place.newest == 4


def test_the_living_version_is_the_address_else_the_newest() -> None:
    old, new = replace(ROW, kind="villa", ended_edit=3), replace(ROW, kind="verksamhet", edit=3)
    assert places.of_address([new, old], ()).address == new
    gone = replace(new, ended_edit=5)
    assert places.of_address([gone, old], ()).address == gone


def test_a_zone_as_a_place_is_in_itself_alone() -> None:
    place = places.of_zone([Zone("H1", "Norr", edit=2)])
    assert (place.slug, place.address, place.zone_on(DAY), place.newest) == ("zon/h1", None, "H1", 2)
    assert place.is_within("zone:H1", DAY)
    assert place.is_within("everyone", DAY)
    assert not place.is_within("zone:H2", DAY)


def test_a_scope_has_its_form() -> None:
    good = ("everyone", "zone:H1", "street:a/b", "address:a/b/1")
    bad = (
        "",
        "Everyone",
        "zone:",
        "zone:a/b",
        "street:a",
        "street:a/b/c",
        "address:a/b",
        "zone:H 1",
        "zone:H1\n",
    )
    assert [scopes.is_valid(scope) for scope in (*good, *bad)] == [True] * len(good) + [False] * len(bad)
    assert [scopes.narrowness(scope) for scope in good] == [0, 1, 2, 3]
