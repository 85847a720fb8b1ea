"""Which files are there that are not about one place, and how is each rendered?"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial

from django.urls import reverse
from django.utils import translation

from wastecal.answers import Street
from wastecal.core import directory
from wastecal.core.rows import Address
from wastecal.publish.edition import Edition
from wastecal.publish.site import file
from wastecal.search import Found, Kind
from wastecal.web import page
from wastecal.web.frames import Frame
from wastecal.web.opendata import files
from wastecal.web.opendata import page as opendata
from wastecal.web.reporting import page as reporting
from wastecal.web.robots import files as robots
from wastecal.web.searching import page as searching
from wastecal.web.several import page as several
from wastecal.web.sightings import page as sightings
from wastecal.web.trust import page as trust

NOT_FOUND = "404.html"
LISTINGS = ("sitemap", f"{searching.FOLDER}/")
"""How the paths of `listings` begin."""


@dataclass(frozen=True, slots=True)
class Page:
    """A document that is not about one place.

    `of_addresses` where it changes only with addresses; without `of_day` a new day leaves it as it is.
    """

    lang: str
    path: str
    render: Callable[[], bytes]
    of_addresses: bool = False
    of_day: bool = True

    @property
    def weight(self) -> int:
        return 40

    def files(self) -> Iterator[tuple[str, bytes]]:
        with translation.override(self.lang):
            yield self.path, self.render()


def pages(of: Edition) -> Iterator[Page]:
    """Every one, in every language where it is in a language."""
    for lang in of.languages:
        with translation.override(lang):
            yield from _fixed(of, lang)
            yield from _lists(of, lang)
    yield Page(of.languages[0], "robots.txt", partial(robots.robots, of.site), of_day=False)


def listings(of: Edition) -> Iterator[Page]:
    """What lists every address for robots and for the search; it changes with addresses and zones alone."""
    with translation.override(of.languages[0]):
        for name, body in (*_for_robots(of), *_for_search(of)):
            yield Page(of.languages[0], name, partial(bytes, body))


def _fixed(of: Edition, lang: str) -> Iterator[Page]:
    known = of.everything
    root = reverse("start")
    nothing: Found[Address] = Found(Kind.NONE)
    updated = known.register.times.get(known.register.edit)

    def made(url: str, render: Callable[..., bytes], *values: object) -> Page:
        return Page(lang, file(url), partial(render, of.frame(url), *values))

    yield made(root, page.start)
    yield made(root + NOT_FOUND, page.not_found, "", nothing)
    yield made(reverse("about"), trust.about, known.zones, updated)
    yield made(reverse("accessibility"), trust.accessibility)
    yield made(reverse("privacy"), trust.privacy)
    yield made(reverse("report"), reporting.report, known.register.live_containers)
    yield made(reverse("seen"), sightings.which)
    yield made(reverse("several"), several.page)
    yield made(reverse("open_data"), opendata.open_data, files.now())
    manifest = partial(robots.manifest, of.town)
    yield Page(lang, file(reverse("manifest")), manifest, of_day=False)


def _lists(of: Edition, lang: str) -> Iterator[Page]:
    """The way by hand from the town to an address."""
    known = of.everything

    def made(url: str, render: Callable[..., bytes], *values: object) -> Page:
        return Page(lang, file(url), partial(render, of.frame(url), *values), of_addresses=True)

    yield made(reverse("localities"), page.localities, known.localities)
    for slug, _name, _count in known.localities:
        yield made(reverse("locality", args=[slug]), page.locality, known.streets_in(slug))
    for street, rows in known.by_street().items():
        yield made(reverse("street", args=street.split("/")), _street, rows)


def _street(frame: Frame, rows: Iterable[Address]) -> bytes:
    return page.street(frame, sorted(rows, key=directory.address_order))


def _for_robots(of: Edition) -> Iterator[tuple[str, bytes]]:
    known = of.everything
    codes, slugs = [row.code for row in known.zones], sorted(row.slug for row in _houses(of))
    listed = (*robots.fixed(codes, known.streets), *robots.addresses(slugs))
    yield from robots.sitemaps(of.site, of.languages, listed)


def _for_search(of: Edition) -> Iterator[tuple[str, bytes]]:
    by_street = cache(of.everything.by_street)

    def houses_on(streets: Sequence[Street]) -> Iterator[Address]:
        return (row for street in streets for row in by_street()[street.slug])

    yield from searching.files(of.everything.streets, houses_on)


def _houses(of: Edition) -> Iterator[Address]:
    return (row for rows in of.everything.by_street().values() for row in rows)
