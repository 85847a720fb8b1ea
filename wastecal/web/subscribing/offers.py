"""Which feed can be subscribed to here, with which containers, and what is its address?"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import ngettext

from wastecal import words
from wastecal.core import options, several
from wastecal.core.answer import Answer, Standing
from wastecal.core.options import Options
from wastecal.core.rows import Container
from wastecal.core.several import Gathered
from wastecal.web import language, links

_FEW = 3


@dataclass(frozen=True, slots=True)
class Offer:
    """The feed of a place, or of several addresses together: then `slugs` are theirs.

    `page` is the page for people. `path` is the feed's in the first language, without its ending.
    `reminding`: there is a plain file of it that rings of itself.
    """

    heading: str
    page: str
    path: str
    own: tuple[Container, ...]
    optional: tuple[Container, ...]
    reminding: bool
    slugs: tuple[str, ...] = ()


def of_place(answer: Answer) -> Offer:
    page = links.of_place(answer)
    return Offer(
        heading=words.place(answer),
        page=page,
        path=language.without_prefix(page).rstrip("/"),
        own=_containers(answer.standings),
        optional=_containers(answer.optional),
        reminding=answer.place.address is not None,
    )


def of_several(found: Gathered) -> Offer:
    page = reverse("several")
    own = _containers(row for answer in found.answers for row in answer.standings)
    optional = _containers(row for answer in found.answers for row in answer.optional)
    return Offer(
        heading=_named(found),
        page=f"{page}?{several.query(found.slugs)}",
        path=language.without_prefix(page).rstrip("/"),
        own=own,
        optional=tuple(row for row in optional if row not in own),
        reminding=False,
        slugs=found.slugs,
    )


def _named(found: Gathered) -> str:
    """The houses, or how many there are."""
    houses = words.houses(found.answers)
    if len(houses) <= _FEW:
        return words.listing(houses)
    number = len(houses)
    return ngettext("%(number)s address", "%(number)s addresses", number) % {"number": number}


def url(offer: Offer, site: str, wanted: Options, lang: str) -> str:
    """The feed's address with as few parameters as can be."""
    ending, _, more = options.ending(wanted, reminding=offer.reminding).partition("?")
    query = "&".join(filter(None, (several.query(offer.slugs), more)))
    path = language.with_prefix(offer.path + ending, lang)
    return f"{site}{path}?{query}" if query else f"{site}{path}"


def _containers(standings: Iterable[Standing]) -> tuple[Container, ...]:
    return tuple(dict.fromkeys(row.container for row in standings if row.emptied))
