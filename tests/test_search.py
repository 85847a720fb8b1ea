"""Does what people type find the address they mean? Real addresses of Vellinge, typed in many ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.spellings import MEANT, VELLINGE, House, Town
from wastecal import search
from wastecal.core import addresses
from wastecal.search import Found, Kind, Street, StreetIndex


def _house(locality: str, street: str, number: str, letter: str = "", postcode: str = "") -> House:
    return House(street, number, letter, postcode, locality)


@pytest.mark.parametrize(("typed", "slug"), MEANT)
def test_an_address_is_found_alone(typed: str, slug: str) -> None:
    found = VELLINGE.find(typed)
    assert (found.kind, [house.slug for house in found.addresses], found.more) == (Kind.ONE, [slug], 0)


@pytest.mark.parametrize(
    ("typed", "slugs"),
    [
        ("Räng Sandsvägen 26", [f"hollviken/rang-sandsvagen/26{letter}" for letter in "abdegi"]),
        ("Bruksvägen 9", [f"vellinge/bruksvagen/9-0{letter}" for letter in "bcde"]),
        ("Bruksvägen 9-0", [f"vellinge/bruksvagen/9-0{letter}" for letter in "bcde"]),
        ("Trelleborgsvägen 194", ["hollviken/trelleborgsvagen/194-6", "hollviken/trelleborgsvagen/194-28"]),
        ("Sokervägen 4", [f"vellinge/sockervagen/4{letter}" for letter in "abc"]),
        ("Mellangatan", ["skanor/mellangatan/13", "skanor/mellangatan/57"]),
        ("Bet 7", ["vellinge/betselvagen/7", "vellinge/betvagen/7"]),
    ],
)
def test_all_that_fit_are_listed_in_order(typed: str, slugs: list[str]) -> None:
    found = VELLINGE.find(typed)
    assert (found.kind, [house.slug for house in found.addresses]) == (Kind.SEVERAL, slugs)


def test_a_street_alone_lists_twenty_addresses_and_counts_the_rest() -> None:
    found = VELLINGE.find("Lyckans väg")
    assert [house.number for house in found.addresses[:9]] == ["1", "2", "3", "4", "5", "6", "7", "12", "14"]
    assert (found.kind, len(found.addresses), found.more) == (Kind.SEVERAL, 20, 5)


def test_the_beginning_of_two_names_lists_both_streets() -> None:
    found = VELLINGE.find("bruks")
    assert (found.kind, len(found.addresses) + found.more) == (Kind.SEVERAL, 5 + 9)
    assert VELLINGE.slugs("bruks")[0] == "vellinge/bruksparken/3"


@pytest.mark.parametrize(
    ("typed", "street", "nearest"),
    [
        ("Sockervägen 99", ("Vellinge", "Sockervägen"), "vellinge/sockervagen/16"),
        ("sockrv 99 vellinge", ("Vellinge", "Sockervägen"), "vellinge/sockervagen/16"),
        ("Lyckans väg 22", ("Höllviken", "Lyckans väg"), "hollviken/lyckans-vag/20"),
        ("Lyckans väg 12 C", ("Höllviken", "Lyckans väg"), "hollviken/lyckans-vag/12"),
        ("Bruksvägen 9-1", ("Vellinge", "Bruksvägen"), "vellinge/bruksvagen/9-0b"),
        ("Stortor 7", ("Vellinge", "Stortorget"), "vellinge/stortorget/6"),
    ],
)
def test_a_number_that_is_not_there_names_the_street_and_lists_the_nearest(
    typed: str, street: Street, nearest: str
) -> None:
    found = VELLINGE.find(typed)
    assert (found.kind, found.street, found.addresses[0].slug) == (Kind.NO_NUMBER, street, nearest)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "12",
        "12 b",
        "236 61",
        "040-42 50 00",
        "070-123 45 67",
        "0701234567",
        "?!",
        "asdfghjkl",
        "💩",
    ],
)
def test_what_is_no_address_finds_nothing_and_suggests_nothing(typed: str) -> None:
    assert VELLINGE.find(typed) == Found(Kind.NONE)


@pytest.mark.parametrize(
    ("typed", "street"),
    [
        ("sockr 4b", ("Vellinge", "Sockervägen")),
        ("Inspektörsstigen 8", ("Vellinge", "Inspektorsvägen")),
        ("Disponnenntvägenn", ("Vellinge", "Disponentvägen")),
    ],
)
def test_a_name_too_far_off_is_answered_with_the_nearest_spellings(typed: str, street: Street) -> None:
    found = VELLINGE.find(typed)
    assert (found.kind, found.suggestions[0]) == (Kind.NONE, street)
    assert len(found.suggestions) <= search.SUGGESTED


def test_one_letter_suggests_streets_that_begin_with_it() -> None:
    found = VELLINGE.find("r")
    assert found.suggestions == (
        ("Vellinge", "Ramels väg"),
        ("Höllviken", "Ringbovägen"),
        ("Höllviken", "Räng Sandsvägen"),
    )


def test_a_town_alone_suggests_its_first_streets() -> None:
    assert VELLINGE.find("Skanör").suggestions == (("Skanör", "Mellangatan"), ("Skanör", "Södergatan"))


@pytest.mark.parametrize("house", VELLINGE.houses, ids=lambda house: house.slug)
def test_every_address_is_found_by_its_label(house: House) -> None:
    label = addresses.label(house.street, house.number, house.letter, house.postcode, house.locality)
    assert VELLINGE.find(label) == Found(Kind.ONE, (house,))


TWO_TOWNS = Town(
    [
        _house("Höllviken", "Storgatan", "1", postcode="23661"),
        _house("Höllviken", "Storgatan", "2", postcode="23661"),
        _house("Vellinge", "Storgatan", "1", postcode="23531"),
        _house("Vellinge", "Storgatan", "1", postcode="23532"),
    ]
)


@pytest.mark.parametrize(
    ("typed", "postcodes"),
    [
        ("Storgatan 1", ["23661", "23531", "23532"]),
        ("Storgatan 1 Höllviken", ["23661"]),
        ("Storg. 1, Vellinge", ["23531", "23532"]),
        ("Storgatan 1, 235 32", ["23532"]),
        ("Vellinge Storgatan", ["23531", "23532"]),
        ("Storgatan 2", ["23661"]),
    ],
)
def test_a_street_in_two_towns_is_told_apart_by_town_or_postcode(typed: str, postcodes: list[str]) -> None:
    found = TWO_TOWNS.find(typed)
    assert [house.postcode for house in found.addresses] == postcodes
    assert found.kind == (Kind.ONE if len(postcodes) == 1 else Kind.SEVERAL)


def test_an_address_without_a_postcode_is_no_better_than_one_with() -> None:
    town = Town([_house("Skanör", "Storgatan", "1"), _house("Vellinge", "Storgatan", "1", postcode="23531")])
    assert town.slugs("Storgatan 1") == ["skanor/storgatan/1", "vellinge/storgatan/1"]


def test_a_number_of_the_other_town_is_not_this_towns() -> None:
    found = TWO_TOWNS.find("Storgatan 2, Vellinge")
    assert (found.kind, found.street) == (Kind.NO_NUMBER, ("Vellinge", "Storgatan"))


def test_the_name_just_as_typed_goes_before_its_other_form() -> None:
    town = Town([_house("Skanör", "Ängsväg", "1"), _house("Skanör", "Ängsvägen", "1")])
    assert town.slugs("ängsväg 1") == ["skanor/angsvag/1"]
    assert town.slugs("ängsvägen 1") == ["skanor/angsvagen/1"]
    assert town.slugs("ängsv. 1") == ["skanor/angsvag/1", "skanor/angsvagen/1"]


def test_a_town_that_begins_a_street_name_is_no_town() -> None:
    town = Town([_house("Hököpinge", "Byvägen", "1"), _house("Vellinge", "Hököpinge ängaväg", "176")])
    assert town.slugs("Hököpinge ängaväg 176") == ["vellinge/hokopinge-angavag/176"]
    assert town.slugs("Hököpinge ängavgne 176") == ["vellinge/hokopinge-angavag/176"]


def test_a_town_that_begins_a_street_name_goes_before_the_rest_of_it_elsewhere() -> None:
    vellinge = _house("Vellinge", "Hököpinge ängaväg", "176")
    town = Town([_house("Hököpinge", "Byvägen", "1"), vellinge, _house("Skanör", "Ängavägen", "176")])
    assert town.slugs("Hököpinge ängaväg 176") == [vellinge.slug]


def test_a_short_name_is_not_taken_for_another_short_name() -> None:
    town = Town([_house("Skanör", "Åvägen", "1")])
    assert town.find("Övägen 1").kind == Kind.NONE


def test_a_place_without_numbers_is_found_by_its_name() -> None:
    town = Town([_house("Skanör", "Ugglan", ""), _house("Vellinge", "Ugglestad", "")])
    assert town.slugs("ugglan, skanör") == ["skanor/ugglan/-"]


def test_a_beginning_that_fits_many_streets_suggests_ten_of_them() -> None:
    town = Town(_house("Skanör", f"Strand{letter}vägen", "1") for letter in "abcdefghijklmnopqrstuv")
    found = town.find("strand")
    assert (found.kind, len(found.addresses), len(found.suggestions)) == (Kind.NONE, 0, 10)


@given(st.text(), st.lists(st.tuples(st.text(max_size=8), st.text(max_size=8)), max_size=3))
def test_any_text_is_answered_with_any_streets(text: str, streets: list[Street]) -> None:
    found = search.find(text, StreetIndex(streets), lambda pairs: [_house(*pair, "1") for pair in pairs])
    assert found.kind in Kind


@given(st.text(alphabet="Lyckansväg 12-B,.:()iHö\n", max_size=300))
def test_any_mix_of_known_pieces_is_answered_with_at_most_twenty(text: str) -> None:
    assert len(VELLINGE.find(text).addresses) <= search.LISTED
