"""Which building does a client of the old portals mean, and what is it called there?"""

import re
from collections.abc import Iterator

from wastecal import answers
from wastecal.core import addresses, buildings
from wastecal.core.rows import Address
from wastecal.search import Kind

_NUMBER = re.compile(r"\(?\s*([0-9]{1,18})\s*\)?\s*")
_LAST = re.compile(r".*\(\s*([0-9]{1,18})\s*\)\s*", re.DOTALL)


def found(text: str) -> Iterator[str]:
    """The buildings that `text` may mean, the exact one first.

    None where the street is there and the number is not: clients take the first, whatever it is.
    """
    slug = slug_of(text)
    if slug and (place := answers.address(slug)) and place.address:
        yield called(place.address)
        return
    hit = answers.find(text)
    if hit.kind in (Kind.ONE, Kind.SEVERAL):
        yield from map(called, hit.addresses)


def called(row: Address) -> str:
    """`Storgatan 1, Vellinge (123456789012345)`; no other parenthesis, for clients look for the first."""
    label = addresses.label(row.street, row.number, row.letter, "", row.locality)
    return f"{_without_parentheses(label)} ({buildings.number(row.slug)})"


def slug_of(text: str) -> str:
    """The slug of the building whose whole string, or number alone, this is; "" for none.

    Where two buildings share a number the rest of the string tells which is meant. The number
    alone then tells nothing, and no days are better than another house's.
    """
    split = _NUMBER.fullmatch(text.strip())
    number = split[1] if split else _last_number(text)
    rows = answers.buildings_of(int(number)) if number else ()
    if len(rows) > 1:
        rows = tuple(row for row in rows if called(row) == text.strip())
    return rows[0].slug if len(rows) == 1 else ""


def _last_number(text: str) -> str:
    last = _LAST.fullmatch(text.strip())
    return last[1] if last else ""


def _without_parentheses(text: str) -> str:
    return " ".join(re.sub(r"[()]", " ", text).split()).replace(" ,", ",")
