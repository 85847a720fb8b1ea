"""Which permanent name does each address of a file get? A slug once given is kept for good."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from wastecal.core import addresses
from wastecal.core.directory import address_order, house
from wastecal.core.rows import Address


def settle(new: Iterable[Address], known: Sequence[Address]) -> list[Address]:
    """The new rows with their slugs, in canonical order.

    `known` are the rows there are and were, each slug's newest version last. A row that names a
    slug of its own keeps it. An address that is known by name and postcode keeps its slug; so
    does the only one of its name whose postcode has changed. A newcomer whose slug is taken, or
    answers for a renamed address, gets the postcode appended to its street, and a number after
    that where even this is taken. Whatever an address answered to, it goes on
    answering to.
    """
    rows = sorted(new, key=address_order)
    taken = {row.slug for row in known} | {natural(row) for row in known}
    taken |= {slug for row in known for slug in row.also}
    given = {place: row.slug for place, row in enumerate(rows) if row.slug != natural(row)}
    given |= _known_house(rows, given, [row for row in known if row.ended_edit is None])
    given |= _known_house(rows, given, known)
    given |= _moved_postcode(rows, given, known)
    taken |= set(given.values())
    for place, row in enumerate(rows):
        if place not in given:
            given[place] = _free(row, taken)
            taken.add(given[place])
    newest_last = sorted(known, key=lambda row: (row.ended_edit is None, row.edit))
    answered = {row.slug: row.also for row in newest_last}
    return [_named(row, given[place], answered) for place, row in enumerate(rows)]


def _named(row: Address, slug: str, answered: Mapping[str, tuple[str, ...]]) -> Address:
    """The row at its slug, answering to every other one that it answered to before."""
    return replace(row, slug=slug, also=tuple(dict.fromkeys((*answered.get(slug, ()), *row.also))))


def natural(row: Address) -> str:
    """The slug that follows from the name alone."""
    return addresses.slug(row.locality, row.street, row.number, row.letter)


def unless_natural(row: Address) -> Address:
    """The row as a file holds it: with a slug only where it differs from the name's."""
    return replace(row, slug="") if row.slug == natural(row) else row


def _known_house(rows: Sequence[Address], given: dict[int, str], known: Sequence[Address]) -> dict[int, str]:
    by_house = {house(row): row.slug for row in known}
    used = set(given.values())
    found = {place: by_house.get(house(row), "") for place, row in enumerate(rows) if place not in given}
    return {place: slug for place, slug in found.items() if slug and slug not in used}


def _moved_postcode(
    rows: Sequence[Address], given: dict[int, str], known: Sequence[Address]
) -> dict[int, str]:
    used = set(given.values())
    left: defaultdict[str, set[str]] = defaultdict(set)
    for row in known:
        if row.ended_edit is None and row.slug not in used:
            left[natural(row)].add(row.slug)
    unnamed: defaultdict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        if place not in given:
            unnamed[natural(row)].append(place)
    return {
        places[0]: next(iter(left[name]))
        for name, places in unnamed.items()
        if len(places) == 1 and len(left[name]) == 1
    }


def _free(row: Address, taken: set[str]) -> str:
    slug = natural(row)
    if slug not in taken:
        return slug
    slug = addresses.slug_with_postcode(row.locality, row.street, row.number, row.letter, row.postcode)
    count = 2
    candidate = slug
    while candidate in taken:
        candidate, count = f"{slug}-{count}", count + 1
    return candidate
