"""Are addresses named as CONTRACT §3 says, and read as people type them?"""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wastecal.core import addresses
from wastecal.core.addresses import Query

TOWNS = ("Höllviken", "Vellinge", "Skanör", "Västra Ingelstad")


@pytest.mark.parametrize(
    ("locality", "street", "number", "letter", "slug"),
    [
        ("Höllviken", "Falsterbovägen", "12", "B", "hollviken/falsterbovagen/12b"),
        ("Vellinge", "Vellingevägen", "68-18", "", "vellinge/vellingevagen/68-18"),
        ("Vellinge", "Bruksvägen", "9-0", "E", "vellinge/bruksvagen/9-0e"),
        ("Vellinge", "Lockarpsvägen", "1-0", "", "vellinge/lockarpsvagen/1-0"),
        ("Vellinge", "Bokallén", "5", "", "vellinge/bokallen/5"),
        ("Vellinge", "Hököpinge ängaväg", "176", "", "vellinge/hokopinge-angavag/176"),
        ("Skanör med Falsterbo", "S:t Olofs väg", "3", "a", "skanor-med-falsterbo/s-t-olofs-vag/3a"),
        ("Höllviken", "Ugglan", "", "", "hollviken/ugglan/-"),
    ],
)
def test_the_slug_is_locality_street_and_number(
    locality: str, street: str, number: str, letter: str, slug: str
) -> None:
    assert addresses.slug(locality, street, number, letter) == slug


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Élsas  Väg!", "elsas-vag"),
        ("Straße", "strasse"),
        ("Ærø-Łódź–Đakovo", "aero-lodz-dakovo"),
        ("１２Ｂ", "12b"),
        (" --å-- ", "a"),
        ("Пушкин", ""),
        ("", ""),
    ],
)
def test_a_part_of_a_slug_is_plain_ascii(text: str, part: str) -> None:
    assert addresses.slug_part(text) == part


def test_letters_in_two_code_points_give_the_same_slug() -> None:
    assert addresses.slug_part(unicodedata.normalize("NFD", "Ängsvägen Åkerö")) == "angsvagen-akero"


def test_a_later_address_gets_the_postcode_in_its_street() -> None:
    slug = addresses.slug_with_postcode("Vellinge", "Bruksvägen", "12", "", "235 43")
    assert slug == "vellinge/bruksvagen-23543/12"


@given(st.text())
def test_a_slug_part_holds_only_letters_digits_and_single_dashes(text: str) -> None:
    part = addresses.slug_part(text)
    assert set(part) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert "--" not in part
    assert part == part.strip("-") == addresses.slug_part(part)


@pytest.mark.parametrize(
    ("parts", "label"),
    [
        (("Falsterbovägen", "12", "B", "23651", "Höllviken"), "Falsterbovägen 12B, 236 51 Höllviken"),
        (("Falsterbovägen", "12", "B", "236 51", "Höllviken"), "Falsterbovägen 12B, 236 51 Höllviken"),
        (("Södergatan", "12", "", "", "Skanör"), "Södergatan 12, Skanör"),
        (("Ugglan", "", "", "23651", "Höllviken"), "Ugglan, 236 51 Höllviken"),
        (("Bruksvägen", "9-0", "E", "DK-4000", ""), "Bruksvägen 9-0E, DK-4000"),
    ],
)
def test_the_label_leaves_out_what_is_empty(parts: tuple[str, str, str, str, str], label: str) -> None:
    assert addresses.label(*parts) == label


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", ("12", "")),
        ("12 b", ("12", "B")),
        ("12B", ("12", "B")),
        ("2 A", ("2", "A")),
        (" 012b ", ("12", "B")),
        ("9-0E", ("9-0", "E")),
        ("9 - 0 e", ("9-0", "E")),
        ("68-18", ("68-18", "")),
        ("68–18", ("68-18", "")),
        ("68:18", ("68-18", "")),
        ("7å", ("7", "Å")),
        ("", None),
        ("b", None),
        ("12 bc", None),
        ("12 väg", None),
        ("0401234567", None),
        ("040-425000", None),
    ],
)
def test_a_house_number_is_split_into_number_and_letter(text: str, number: tuple[str, str] | None) -> None:
    assert addresses.split_number(text) == number


@pytest.mark.parametrize(
    ("form", "spellings"),
    [
        (
            "sockervagen",
            ["Sockervägen", "sockervagen", "SOCKERVÄGEN", "Sockerv.", "Socker v", "Socker väg", "sockerv"],
        ),
        ("sockervagen", ["Sockervaegen", "Socker-vägen", "  Socker  vägen. ", "Sockerväg", "Sockervg"]),
        ("lyckansvagen", ["Lyckans väg", "Lyckans v.", "Lyckansvägen", "lyckans vag"]),
        ("rangsandsvagen", ["Räng Sandsvägen", "Räng sands vägen", "Rängsandsv."]),
        ("norrahotoftavagen", ["Norra Hötoftavägen", "N Hötoftavägen", "N. Hötoftav.", "N:a Hötofta väg"]),
        (
            "sodraforstadsgatan",
            ["Södra Förstadsgatan", "S Förstadsg", "S:a Förstadsg.", "södra förstads gata"],
        ),
        ("ostragrevievagen", ["Östra Grevievägen", "Ö Grevievägen", "Ö:a grevie v."]),
        ("vastratorget", ["Västra torget", "V. torget", "V:a torg"]),
        ("lillanygatan", ["Lilla Nygatan", "L:a Nyg.", "L Nygatan"]),
        ("storanygatan", ["Stora Nygatan", "St:a Nygatan"]),
        ("sanktolofsvagen", ["Sankt Olofs väg", "S:t Olofs väg", "St. Olofs v"]),
        ("bokallen", ["Bokallén", "bokalle", "Bokallé"]),
        ("stortorget", ["Stortorget", "Stortorg"]),
        ("storgatan", ["Storgatan", "Storg.", "storg"]),
        ("vallgatan", ["Vallgatan", "Wallgatan", "vallg"]),
    ],
)
def test_all_spellings_of_a_street_have_one_form(form: str, spellings: list[str]) -> None:
    assert {spelling: addresses.normalise(spelling) for spelling in spellings} == dict.fromkeys(
        spellings, form
    )


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Lyckans väg 12", Query("lyckansvagen", "12", "", "", "", "lyckansvag")),
        (
            "Lyckans väg 12 b, 236 61 Höllviken",
            Query("lyckansvagen", "12", "B", "Höllviken", "23661", "lyckansvag"),
        ),
        ("höllviken lyckansvägen", Query("lyckansvagen", "", "", "Höllviken", "", "lyckansvagen")),
        ("Höllviken, Lyckansvägen, 12 B", Query("lyckansvagen", "12", "B", "Höllviken", "", "lyckansvagen")),
        ("12B Lyckansvägen", Query("lyckansvagen", "12", "B", "", "", "lyckansvagen")),
        (
            "Lyckansvägen 1 V Ingelstad",
            Query("lyckansvagen", "1", "", "Västra Ingelstad", "", "lyckansvagen"),
        ),
        ("Lyckansvägen 1 Holviken", Query("lyckansvagen", "1", "", "Höllviken", "", "lyckansvagen")),
        ("Lyckansvägen 1 höll", Query("lyckansvagen", "1", "", "Höllviken", "", "lyckansvagen")),
        ("Lyckansvägen 1, Malmö", Query("lyckansvagen", "1", "", "", "", "lyckansvagen")),
        ("Lyckansvägen 12 i Vellinge", Query("lyckansvagen", "12", "", "Vellinge", "", "lyckansvagen")),
        ("Lyckansvägen 12 lgh 1101", Query("lyckansvagen", "12", "", "", "", "lyckansvagen")),
        ("Lyckansvägen nr 12", Query("lyckansvagen", "12", "", "", "", "lyckansvagen")),
        ("17:e Majgatan 5", Query("17emajgatan", "5", "", "", "", "17emajgatan")),
        ("SE-236 61 Lyckansvägen", Query("lyckansvagen", "", "", "", "23661", "lyckansvagen")),
        ("Vellinge", Query("vellinge", "", "", "", "", "vellinge")),
        ("040-42 50 00", Query("")),
        ("", Query("")),
    ],
)
def test_what_a_person_typed_is_read(text: str, query: Query) -> None:
    assert addresses.parse(text, TOWNS) == query


def test_a_town_that_nobody_named_is_not_guessed() -> None:
    assert addresses.parse("Vellingevägen 5", TOWNS).locality == ""


def test_text_after_200_characters_is_not_read() -> None:
    assert addresses.parse("Lyckans väg" + " " * 200 + "12", TOWNS).number == ""


@given(st.text(), st.lists(st.text(), max_size=3))
def test_any_text_is_read_without_a_fault(text: str, towns: list[str]) -> None:
    query = addresses.parse(text, towns)
    assert query.locality in ("", *towns)
    assert addresses.stem(query.street) == "" or query.street.isascii()


@given(st.integers(1, 999), st.sampled_from(["", "A", "B", "Å"]), st.sampled_from(["", "-0", "-18"]))
def test_a_number_written_on_a_label_is_read_back(main: int, letter: str, suffix: str) -> None:
    label = addresses.label("Ängsvägen", f"{main}{suffix}", letter, "23661", "Höllviken")
    query = addresses.parse(label, TOWNS)
    assert (query.number, query.letter, query.postcode) == (f"{main}{suffix}", letter, "23661")
