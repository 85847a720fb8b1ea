"""Does the field that completes addresses find the right one early, whatever has been typed of it?"""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests import town
from tests.api.conftest import Get
from tests.spellings import MEANT
from wastecal import search
from wastecal.api import completion, resources
from wastecal.core import addresses, collation
from wastecal.core.rows import Address
from wastecal.search import StreetIndex

VELLINGE = Path(__file__).parents[2] / "fixtures" / "vellinge"
FIRST = 5


@pytest.fixture(scope="module")
def houses() -> tuple[Address, ...]:
    rows: tuple[Address, ...] = town.read(VELLINGE).tables["addresses"]
    return rows


@pytest.fixture(scope="module")
def suggest(houses: tuple[Address, ...]) -> completion.Suggest:
    index = StreetIndex((row.locality, row.street) for row in houses)

    def on(streets: Sequence[tuple[str, str]]) -> list[Address]:
        return [row for row in houses if (row.locality, row.street) in streets]

    return lambda text: completion.suggest(text, search.find(text, index, on), index, on)


def a_hundred(houses: tuple[Address, ...]) -> list[Address]:
    return random.Random(6).sample(houses, 100)


def beginnings(row: Address) -> Iterator[str]:
    """What has been typed of an address, from the fourth letter of its street on."""
    label = resources.label(row)
    return (label[:size] for size in range(4, len(label) + 1))


def folded(text: str) -> str:
    return " ".join(collation.fold(text).split())


def test_the_right_one_is_among_the_first_five_from_the_fourth_letter_on(
    houses: tuple[Address, ...], suggest: completion.Suggest
) -> None:
    """The address itself where at most five begin so; where more do, it or its street to go on with."""
    labels = [folded(resources.label(row)) for row in houses]
    counted: Counter[str] = Counter()
    missed = []
    for row in a_hundred(houses):
        street = row.slug.rpartition("/")[0]
        for text in beginnings(row):
            first = suggest(text)[:FIRST]
            typed = folded(text)
            alike = sum(label.startswith(typed) for label in labels)
            wanted = {row.slug} if alike <= FIRST and row.number in text else {row.slug, street}
            counted["one" if wanted == {row.slug} else "on the way"] += 1
            missed += (
                [(text, [one.slug for one in first])] if not wanted & {one.slug for one in first} else []
            )
    assert missed == []
    assert counted["one"] > 1500
    assert counted["on the way"] > 500


def test_a_whole_label_and_every_spelling_that_is_understood_come_first(
    houses: tuple[Address, ...], suggest: completion.Suggest
) -> None:
    for row in houses:
        assert suggest(resources.label(row))[0].slug == row.slug
    there = {row.slug for row in houses}
    missed = [
        text
        for text, slug in MEANT
        if slug in there and slug not in {one.slug for one in suggest(text)[:FIRST]}
    ]
    assert missed == []


def test_what_is_suggested_leads_on_when_it_is_chosen(
    houses: tuple[Address, ...], suggest: completion.Suggest
) -> None:
    for row in a_hundred(houses):
        for one in suggest(row.street[:4]):
            again = suggest(one.text)
            assert again[0].slug.startswith(one.slug), one


@pytest.mark.parametrize(
    "text", ["", " ", ",", ", ,", "1", "12 b", "💩", "\x00", "a" * 200, "(", "* 1", ",,1,"]
)
def test_nonsense_is_suggested_nothing_or_something_and_fails_never(
    suggest: completion.Suggest, text: str
) -> None:
    assert len(suggest(text)) <= completion.MOST


@pytest.mark.usefixtures("holmby")
def test_the_answer_holds_what_was_found_and_what_may_be_meant(get: Get) -> None:
    whole = get("addresses?q=Storgatan 12b").json()
    assert (whole["found"], [row["slug"] for row in whole["results"]]) == ("one", ["holmby/storgatan/12b"])
    begun = get("addresses?q=stor").json()
    assert begun["suggestions"][0] == {
        "kind": "street",
        "text": "Storgatan, Holmby",
        "slug": "holmby/storgatan",
    }
    none = get("addresses?q=asdfghjkl").json()
    assert (none["found"], none["results"], none["suggestions"]) == ("none", [], [])
    missing = get("addresses?q=Storgatan 99").json()
    assert missing["found"] == "no_number"
    assert get("addresses?q=Storgatan&limit=2").json()["more"] == 1


def test_a_slug_of_a_street_is_the_beginning_of_those_of_its_addresses() -> None:
    assert addresses.slug("Holmby", "Storgatan", "", "").rpartition("/")[0] == "holmby/storgatan"
