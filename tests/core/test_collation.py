"""Do names and numbers stand where a Swede looks for them?"""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wastecal.core import collation


@pytest.mark.parametrize(
    "in_order",
    [
        ["9", "12", "12A", "12B", "100"],
        ["68", "68-9", "68-18", "69"],
        ["9-0B", "9-0E", "9-10"],
        ["Zinkgatan", "Ådalen", "Ängsvägen", "Öster"],
        ["zebra", "Åby", "ärla", "Ö"],
        ["Elna väg", "Élna väg", "Elnb väg"],
        ["Mylla", "Müller", "Myllz"],
        ["Ramels väg", "Ramelsväg"],
        ["", "1", "a", "å"],
        ["007", "7", "8"],
    ],
)
def test_names_and_numbers_stand_in_swedish_order(in_order: list[str]) -> None:
    shuffled = random.Random(1).sample(in_order, len(in_order))
    assert sorted(shuffled, key=collation.key) == sorted(in_order, key=in_order.index)


@pytest.mark.parametrize(
    ("one", "other"), [("æ", "ä"), ("ø", "ö"), ("é", "e"), ("ü", "y"), ("Å", "å"), ("\u00e5", "a\u030a")]
)
def test_letters_that_share_a_place_differ_only_in_the_tie(one: str, other: str) -> None:
    assert collation.key(one)[0] == collation.key(other)[0]
    assert collation.key(one) != collation.key(other)


@pytest.mark.parametrize("sign", ["{", "|", "}"])
def test_signs_that_stand_after_z_in_ascii_sort_as_spaces(sign: str) -> None:
    assert collation.key(f"b{sign}b")[0] == collation.key("b b")[0]


def test_a_number_of_ten_thousand_digits_is_only_a_large_number() -> None:
    assert collation.key("9" * 9_999) < collation.key("1" + "0" * 9_999) < collation.key("a")


@given(st.integers(0, 10**30), st.integers(0, 10**30))
def test_numbers_stand_by_size(one: int, other: int) -> None:
    assert (collation.key(f"väg {one}") < collation.key(f"väg {other}")) == (one < other)


@given(st.text(), st.text())
def test_exactly_one_of_two_texts_is_first_unless_they_are_equal(one: str, other: str) -> None:
    first, second = collation.key(one), collation.key(other)
    assert (first < second) + (second < first) + (one == other) == 1


@given(st.lists(st.text(alphabet="aåäöé 1290-Z", max_size=6), unique=True))
def test_the_order_does_not_depend_on_the_order_before(texts: list[str]) -> None:
    backwards = texts[::-1]
    assert sorted(texts, key=collation.key) == sorted(backwards, key=collation.key)


@given(st.text())
def test_folded_ascii_is_lower_case_without_accents(text: str) -> None:
    folded = collation.fold(text)
    assert collation.fold(folded) == folded


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Höllviken", "hollviken"), ("Bokallén", "bokallen"), ("Straße", "strasse"), ("Ærøvej", "aerovej")],
)
def test_folding_takes_the_marks_off(text: str, folded: str) -> None:
    assert collation.fold(text) == folded
