"""Which address does the caller mean? Typed once; where it may be several, their numbers are typed."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse

from wastecal import answers
from wastecal.core import addresses
from wastecal.search import Kind
from wastecal.staff.calls import sheet
from wastecal.web.frames import Link


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found for `query`: where to go at once, else choices in the order of their numbers.

    `street` is that on which there is no such number; `unlike` tells that the choices are other streets;
    `wrong` is a number that no choice has.
    """

    query: str
    go: str = ""
    choices: tuple[Link, ...] = ()
    more: int = 0
    street: str = ""
    unlike: bool = False
    wrong: str = ""


def find(typed: str, among: str) -> Finding:
    """`among` is what the list was found for that the person saw; a number then means one of the list."""
    if among and typed.isascii() and typed.isdigit():
        listed = _found(among)
        place = int(typed[:6]) - 1
        if 0 <= place < len(listed.choices):
            return Finding(among, go=listed.choices[place].url)
        return replace(listed, wrong=typed[:6])
    return _found(typed)


def _found(query: str) -> Finding:
    found = answers.find(query)
    if found.kind is Kind.ONE:
        return Finding(query, go=sheet.url(found.addresses[0].slug))
    houses = tuple(
        Link(
            sheet.url(row.slug),
            addresses.label(row.street, row.number, row.letter, row.postcode, row.locality),
        )
        for row in found.addresses
    )
    streets = tuple(
        Link(f"{reverse('staff:calls')}?{urlencode({'q': name})}", name)
        for name in (f"{street}, {locality}" for locality, street in found.suggestions)
    )
    street = ", ".join(reversed(found.street)) if found.kind is Kind.NO_NUMBER and found.street else ""
    return Finding(query, choices=(*houses, *streets), more=found.more, street=street, unlike=not houses)
