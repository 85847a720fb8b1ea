"""Does each address get one name of its own, whatever else comes and in whatever order?"""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests import town
from wastecal.core import slugs
from wastecal.core.directory import house
from wastecal.core.rows import Address

ADDRESSES = st.builds(
    town.address,
    st.sampled_from(["Alvägen", "Älvägen", "Al-vägen", "Nygatan"]),
    st.sampled_from(["1", "2"]),
    postcode=st.sampled_from(["23541", "23542", ""]),
    letter=st.sampled_from(["", "B"]),
)
LISTS = st.lists(ADDRESSES, max_size=8, unique_by=house)


@given(LISTS)
def test_no_two_have_the_same_name(rows: list[Address]) -> None:
    found = [row.slug for row in slugs.settle(rows, ())]
    assert len(found) == len(set(found)) == len(rows)


@given(LISTS, st.randoms(use_true_random=False))
def test_the_order_of_rows_is_indifferent(rows: list[Address], chance: object) -> None:
    mixed = sorted(rows, key=lambda row: hash((row, id(chance))))
    assert slugs.settle(mixed, ()) == slugs.settle(rows, ())


@given(LISTS, LISTS)
def test_a_name_once_given_is_kept(first: list[Address], later: list[Address]) -> None:
    known = slugs.settle(first, ())
    given_ = {house(row): row.slug for row in known}
    found = slugs.settle(
        [*(replace(row, slug=slugs.natural(row)) for row in known), *_others(later, known)], known
    )
    assert {house(row): row.slug for row in found} | given_ == {house(row): row.slug for row in found}
    assert len({row.slug for row in found}) == len(found)


@given(LISTS, LISTS)
def test_the_name_of_an_address_that_is_gone_goes_to_no_other(
    first: list[Address], later: list[Address]
) -> None:
    known = [replace(row, edit=1, ended_edit=2) for row in slugs.settle(first, ())]
    given_ = {house(row): row.slug for row in known}
    for row in slugs.settle(later, known):
        assert row.slug == given_.get(house(row), row.slug)
        assert row.slug not in given_.values() or house(row) in given_


def _others(rows: list[Address], known: list[Address]) -> list[Address]:
    there = {house(row) for row in known}
    return [row for row in rows if house(row) not in there]


def test_a_name_equal_to_the_natural_one_is_not_written() -> None:
    row = town.address("Storgatan", "12", letter="B")
    assert slugs.unless_natural(row).slug == ""
    own = replace(row, slug="holmby/gamla/12b")
    assert slugs.unless_natural(own) == own
