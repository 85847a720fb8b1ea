"""Does what people type find the address they mean? Real addresses of Vellinge, typed in many ways."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wastecal import search
from wastecal.core import addresses
from wastecal.search import Found, Kind, Street, StreetIndex


@dataclass(frozen=True, slots=True)
class House:
    street: str
    number: str
    letter: str
    postcode: str
    locality: str

    @property
    def slug(self) -> str:
        return addresses.slug(self.locality, self.street, self.number, self.letter)


def _houses() -> list[House]:
    with (Path(__file__).parent / "data/vellinge_addresses.csv").open(encoding="utf-8") as file:
        return [
            House(
                row["street"], row["number"] + row["suffix"], row["letter"], row["postcode"], row["post_town"]
            )
            for row in csv.DictReader(file)
        ]


class Town:
    """Houses with their index, asked as the application asks."""

    def __init__(self, houses: Iterable[House]) -> None:
        self.houses = list(houses)
        self.index = StreetIndex((house.locality, house.street) for house in self.houses)

    def find(self, text: str) -> Found[House]:
        return search.find(text, self.index, self._rows_on)

    def slugs(self, text: str) -> list[str]:
        return [house.slug for house in self.find(text).addresses]

    def _rows_on(self, streets: Sequence[Street]) -> list[House]:
        return [house for house in self.houses if (house.locality, house.street) in streets]


VELLINGE = Town(_houses())


def _house(locality: str, street: str, number: str, letter: str = "", postcode: str = "") -> House:
    return House(street, number, letter, postcode, locality)


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        # as it is written
        ("Lyckans väg 12", "hollviken/lyckans-vag/12"),
        ("Lyckans väg 12, 236 61 Höllviken", "hollviken/lyckans-vag/12"),
        ("Bruksvägen 9-0E, 235 42 Vellinge", "vellinge/bruksvagen/9-0e"),
        ("Södergatan 12, Skanör", "skanor/sodergatan/12"),
        # case, spaces, punctuation
        ("lyckans väg 12", "hollviken/lyckans-vag/12"),
        ("LYCKANS VÄG 12 HÖLLVIKEN", "hollviken/lyckans-vag/12"),
        ("  Lyckans   väg  12  ", "hollviken/lyckans-vag/12"),
        ("Lyckansväg12", "hollviken/lyckans-vag/12"),
        ("lyckans-väg 12.", "hollviken/lyckans-vag/12"),
        ("Lyckans väg, 12, Höllviken", "hollviken/lyckans-vag/12"),
        ("räng sands vägen 2a", "hollviken/rang-sandsvagen/2a"),
        ("Rängsandsvägen 2A", "hollviken/rang-sandsvagen/2a"),
        ("Räng-Sandsvägen 2 a", "hollviken/rang-sandsvagen/2a"),
        ("Lille väg 8", "vellinge/lillevag/8"),
        ("Snickare gränd 4", "vellinge/snickaregrand/4"),
        # without å ä ö é
        ("angsvagen 25", "hollviken/angsvagen/25"),
        ("Akerslundsvagen 3", "hollviken/akerslundsvagen/3"),
        ("Aakerslundsvaegen 3", "hollviken/akerslundsvagen/3"),
        ("karleksvagen 7", "vellinge/karleksvagen/7"),
        ("Bokallen 5", "vellinge/bokallen/5"),
        ("Bokalle 5", "vellinge/bokallen/5"),
        ("hokopinge angavag 176", "vellinge/hokopinge-angavag/176"),
        # abbreviations and other endings
        ("Sockerv. 4b", "vellinge/sockervagen/4b"),
        ("Socker v 4 b", "vellinge/sockervagen/4b"),
        ("sockerv 4B", "vellinge/sockervagen/4b"),
        ("Sockerväg 4B", "vellinge/sockervagen/4b"),
        ("Lyckans v. 12", "hollviken/lyckans-vag/12"),
        ("Lyckansvägen 12", "hollviken/lyckans-vag/12"),
        ("Ramels v 8", "vellinge/ramels-vag/8"),
        ("Vallg. 2", "vellinge/vallgatan/2"),
        ("Kompanig 2A", "vellinge/kompanigatan/2a"),
        ("Stortorg 6", "vellinge/stortorget/6"),
        ("S:a gatan 12", "skanor/sodergatan/12"),
        ("N Hötoftavägen 21", "vellinge/norra-hotoftavagen/21"),
        ("N. Hötoftav. 21", "vellinge/norra-hotoftavagen/21"),
        ("N:a Hötoftavägen 21", "vellinge/norra-hotoftavagen/21"),
        ("Hötoftavägen 21", "vellinge/norra-hotoftavagen/21"),
        ("Sandsvägen 2A", "hollviken/rang-sandsvagen/2a"),
        ("Hökopinge ängav 176", "vellinge/hokopinge-angavag/176"),
        # town and postcode, anywhere
        ("Höllviken Lyckans väg 12", "hollviken/lyckans-vag/12"),
        ("Höllviken, Lyckans väg 12", "hollviken/lyckans-vag/12"),
        ("Lyckans väg 12 Hollviken", "hollviken/lyckans-vag/12"),
        ("Lyckans väg 12 Höllvken", "hollviken/lyckans-vag/12"),
        ("Lyckans väg 12 i Höllviken", "hollviken/lyckans-vag/12"),
        ("Lyckans väg 12, 23661", "hollviken/lyckans-vag/12"),
        ("236 61 Höllviken, Lyckans väg 12", "hollviken/lyckans-vag/12"),
        ("Lyckans väg 12 SE-236 61 Höllviken", "hollviken/lyckans-vag/12"),
        ("Lyckans väg 12, 236 91 Höllviken", "hollviken/lyckans-vag/12"),  # the postcode until 2018
        ("Lyckans väg 12, Räng", "hollviken/lyckans-vag/12"),  # a village, not a post town
        ("12 Lyckans väg", "hollviken/lyckans-vag/12"),
        ("Vellinge Vellingevägen 65", "vellinge/vellingevagen/65"),
        ("Vellinge vägen 65", "vellinge/vellingevagen/65"),
        ("Kämpingevägen 355\nHöllviken", "hollviken/kampingevagen/355"),
        # numbers with a dash, numbers with a letter
        ("Vellingevägen 68-18", "vellinge/vellingevagen/68-18"),
        ("Vellingevägen 68–18", "vellinge/vellingevagen/68-18"),
        ("Vellingevägen 68 - 18", "vellinge/vellingevagen/68-18"),
        ("Vellingevägen 68:18", "vellinge/vellingevagen/68-18"),
        ("Vellingevägen 68", "vellinge/vellingevagen/68-18"),
        ("Hököpingevägen 493 10", "vellinge/hokopingevagen/493-10"),
        ("Skegrievägen 75", "hollviken/skegrievagen/75-20"),
        ("Lockarpsvägen 1", "vellinge/lockarpsvagen/1-0"),
        ("bruksvägen 9-0 e", "vellinge/bruksvagen/9-0e"),
        ("Bruksvägen 9e", "vellinge/bruksvagen/9-0e"),
        ("Bruksvägen 12", "vellinge/bruksvagen/12"),
        ("Bruks\u00advägen\u00a012", "vellinge/bruksvagen/12"),  # pasted from a web page
        ("Kompanigatan 2", "vellinge/kompanigatan/2a"),
        ("Sockervägen 8", "vellinge/sockervagen/8"),
        ("Sockervägen 08 a", "vellinge/sockervagen/8a"),
        ("Sockervägen nr 8", "vellinge/sockervagen/8"),
        ("Sockervägen 8A lgh 1101", "vellinge/sockervagen/8a"),
        ("Sockervägen 8A, 2 tr, Vellinge", "vellinge/sockervagen/8a"),
        # one or two typos
        ("Sokcervägen 4b", "vellinge/sockervagen/4b"),
        ("Sockervgn 4b", "vellinge/sockervagen/4b"),
        ("Sockrvägn 4b", "vellinge/sockervagen/4b"),
        ("Åkerlundsvägen 3", "hollviken/akerslundsvagen/3"),
        ("Engsvägen 25", "hollviken/angsvagen/25"),
        ("Btvägen 7", "vellinge/betvagen/7"),
        ("Bettselvägen 7", "vellinge/betselvagen/7"),
        ("Trelleborjsvägen 194-6", "hollviken/trelleborgsvagen/194-6"),
        ("Gränskulavägen 198-9", "vellinge/granskullavagen/198-9"),
        ("Hökopinge engaväg 176", "vellinge/hokopinge-angavag/176"),
        ("Wellingevägen 65", "vellinge/vellingevagen/65"),
        # the beginning of a name
        ("Trelle 194-6", "hollviken/trelleborgsvagen/194-6"),
        ("Brottare 42", "vellinge/brottarevagen/42"),
        ("stort", "vellinge/stortorget/6"),
    ],
)
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
