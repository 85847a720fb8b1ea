"""Does the search in the browser find what the search of the server finds, in few small files?"""

import gzip
import random
from pathlib import Path

import pytest

from tests.spellings import MEANT, VELLINGE, House
from tests.web import finding
from wastecal.core import addresses
from wastecal.search import Kind
from wastecal.web.searching import shards

LABELS = [
    (addresses.label(house.street, house.number, house.letter, house.postcode, house.locality), house.slug)
    for house in VELLINGE.houses
]
LETTERS = "abdefghiklmnoprstuvyåäö"


@pytest.fixture(params=["small", "large"])
def folder(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The files for Vellinge: as they are, and parted as those of a place a hundred times its size."""
    if request.param == "large":
        monkeypatch.setattr(shards, "STREETS_IN_A_FILE", 6)
        monkeypatch.setattr(shards, "HOUSES_IN_A_FILE", 20)
    return finding.write(tmp_path, VELLINGE.houses)


def test_every_address_is_among_the_first_five_by_its_label(folder: Path) -> None:
    seen = finding.find(folder, [label for label, _ in LABELS])
    missed = [slug for one, (_, slug) in zip(seen, LABELS, strict=True) if slug not in one.suggested[:5]]
    assert missed == []


def test_every_address_is_found_alone_by_its_label(folder: Path) -> None:
    seen = finding.find(folder, [label for label, _ in LABELS])
    assert [(one.kind, one.found) for one in seen] == [("one", [slug]) for _, slug in LABELS]


def test_every_spelling_that_the_server_understands_is_understood(folder: Path) -> None:
    seen = finding.find(folder, [typed for typed, _ in MEANT])
    wrong = [
        typed
        for one, (typed, slug) in zip(seen, MEANT, strict=True)
        if slug not in one.suggested[:5] or (one.kind, one.found) != ("one", [slug])
    ]
    assert wrong == []


def mistyped(word: str, chance: random.Random) -> str:
    """The word with one letter wrong, left out, put in or exchanged with the next."""
    at = chance.randrange(len(word) - 1)
    letter = chance.choice(LETTERS)
    before, here, after = word[:at], word[at], word[at + 1 :]
    kinds = [before + letter + after, before + after, before + letter + here + after]
    return chance.choice([*kinds, before + after[0] + here + after[1:]])


def test_one_typo_anywhere_in_the_street_is_forgiven(tmp_path: Path) -> None:
    chance = random.Random(7)
    typed = [f"{mistyped(house.street, chance)} {house.number}{house.letter}" for house in VELLINGE.houses]
    seen = finding.find(finding.write(tmp_path, VELLINGE.houses), typed)
    missed = [
        text
        for text, house, one in zip(typed, VELLINGE.houses, seen, strict=True)
        if house.slug not in one.suggested[:5]
    ]
    assert missed == []


def test_a_typo_in_the_first_letters_is_forgiven_where_they_name_the_file(folder: Path) -> None:
    typed = ["tsortorget 6", "rtortorget 6", "tortorget 6", "astortorget 6"]
    found = {text: one.found for text, one in zip(typed, finding.find(folder, typed), strict=True)}
    assert found == {text: ["vellinge/stortorget/6"] for text in typed}


def test_from_the_fourth_letter_on_the_street_or_its_house_is_among_the_first_five(folder: Path) -> None:
    asked = [
        (house, house.street[:size])
        for house in VELLINGE.houses[::4]
        for size in range(4, len(house.street) + 1)
    ]
    seen = finding.find(folder, [text for _, text in asked])
    missed = [text for (house, text), one in zip(asked, seen, strict=True) if not leads_to(house, one)]
    assert missed == []


def leads_to(house: House, seen: finding.Seen) -> bool:
    """By its street among the first five, or by its houses where the street is clear."""
    first = seen.suggested[:5]
    path = house.slug.rpartition("/")[0]
    return f"{house.locality}/{house.street}" in first or any(slug.startswith(f"{path}/") for slug in first)


UNCLEAR = [
    *("Bruksvägen 9", "Bruksvägen 9-0", "Trelleborgsvägen 194", "Sokervägen 4", "Mellangatan", "Bet 7"),
    *("Lyckans väg", "bruks", "Sockervägen 99", "sockrv 99 vellinge", "Lyckans väg 12 C", "Stortor 7"),
    *("", "   ", "12", "12 b", "236 61", "070-123 45 67", "?!", "asdfghjkl", "💩"),
]


def test_several_a_missing_number_and_nothing_are_told_as_the_server_tells_them(folder: Path) -> None:
    for typed, seen in zip(UNCLEAR, finding.find(folder, UNCLEAR), strict=True):
        live = VELLINGE.find(typed)
        first = [house.slug for house in live.addresses]
        assert (seen.kind, seen.found[: len(first)]) == (live.kind, first), typed


def test_a_street_in_two_towns_is_offered_for_both_and_told_apart_by_the_town(tmp_path: Path) -> None:
    houses = [
        House("Storgatan", "1", "", "23661", "Höllviken"),
        House("Storgatan", "1", "", "23531", "Vellinge"),
    ]
    seen = finding.find(finding.write(tmp_path, houses), ["storg", "Storgatan 1", "Storgatan 1 Vellinge"])
    assert seen[0].suggested == ["Höllviken/Storgatan", "Vellinge/Storgatan"]
    assert seen[1].suggested == ["hollviken/storgatan/1", "vellinge/storgatan/1"]
    assert (seen[2].kind, seen[2].found) == (Kind.ONE, ["vellinge/storgatan/1"])


def test_houses_alike_are_told_apart_by_the_postcode(tmp_path: Path) -> None:
    houses = [House("Storgatan", "1", "", postcode, "Vellinge") for postcode in ("23531", "23532")]
    rows = [finding.row(houses[0]), finding.row(houses[1], "vellinge/storgatan-23532/1")]
    (seen,) = finding.find(finding.write(tmp_path, rows), ["Storgatan 1, 235 32"])
    assert (seen.kind, seen.found) == (Kind.ONE, ["vellinge/storgatan-23532/1"])


def test_a_house_whose_name_was_taken_leads_to_its_own_page(tmp_path: Path) -> None:
    row = finding.row(House("Storgatan", "1", "", "23531", "Vellinge"), "vellinge/storgatan/1-2")
    (seen,) = finding.find(finding.write(tmp_path, [row]), ["Storgatan 1"])
    assert seen.found == ["vellinge/storgatan/1-2"]


@pytest.mark.parametrize(
    ("typed", "slug"), [("Storg. 1", "vellinge/storgatan/1"), ("Bokv. 1", "vellinge/bokvagen/1")]
)
def test_a_shortened_name_goes_before_a_longer_name_that_begins_so(
    tmp_path: Path, typed: str, slug: str
) -> None:
    names = ("Storgatan", "Storgårdsgatan", "Bokvägen", "Bokvallsvägen")
    houses = [House(name, "1", "", "23531", "Vellinge") for name in names]
    (seen,) = finding.find(finding.write(tmp_path, houses), [typed])
    assert (seen.kind, seen.found) == (Kind.ONE, [slug])


def test_a_beginning_of_many_streets_suggests_ten_of_them(tmp_path: Path) -> None:
    houses = [
        House(f"Strand{letter}vägen", "1", "", "23942", "Skanör") for letter in "abcdefghijklmnopqrstuv"
    ]
    (seen,) = finding.find(finding.write(tmp_path, houses), ["strand"])
    assert (seen.kind, len(seen.found)) == (Kind.NONE, 10)


def test_a_word_that_javascript_knows_is_a_word_like_any_other(folder: Path) -> None:
    seen = finding.find(folder, ["constructor 1", "__proto__ vägen 1", "toString"])
    assert [one.kind for one in seen] == ["none", "none", "none"]


def test_numbers_that_begin_so_are_offered_while_one_types(tmp_path: Path) -> None:
    houses = [House("Storgatan", number, "", "23661", "Höllviken") for number in ("1", "2", "10", "12", "21")]
    (seen,) = finding.find(finding.write(tmp_path, houses), ["Storgatan 1"])
    assert [slug.rpartition("/")[2] for slug in seen.suggested] == ["1", "10", "12"]
    assert seen.kind == Kind.ONE


def test_a_search_reads_three_files_beside_the_index_at_most(folder: Path) -> None:
    seen = finding.find(folder, [typed for typed, _ in MEANT])
    assert max(len(one.files) for one in seen) <= 3
    assert {Path(file).parts[0] for one in seen for file in one.files} <= {"borjan", "slutet", "hus"}


def test_the_scripts_are_small_and_the_larger_one_waits_until_somebody_types() -> None:
    static = finding.SCRIPT.parent
    packed = {name: len(gzip.compress((static / name).read_bytes())) for name in ("search.js", "finder.js")}
    assert packed["search.js"] < 2500
    assert packed["finder.js"] < 4500
