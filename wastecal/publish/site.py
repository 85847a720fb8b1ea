"""Which files are there, and how is each rendered?"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from urllib.parse import unquote

from django.urls import reverse
from django.utils import translation

from wastecal.answers import Named
from wastecal.core import directory
from wastecal.core.rows import Address
from wastecal.feeds import calendar, data, options
from wastecal.feeds.options import Options
from wastecal.publish import edition
from wastecal.publish.edition import Edition, Subject
from wastecal.search import Found, Kind
from wastecal.web import page

NOT_FOUND = "404.html"
INDEX = "index.html"


class Lasts(StrEnum):
    """For how long does a document keep its bytes while the data stays as it is?"""

    DAY = "day"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Form:
    """One kind of document about a place, in one language."""

    lang: str
    lasts: Lasts
    document: str
    """The part of its URL's name that says which it is: "" for the page, `feed`, `json`."""
    render: Callable[[Subject], bytes]
    for_zones: bool = True

    def of(self, subject: Subject) -> tuple[str, bytes]:
        """The path and the bytes of the document."""
        with translation.override(self.lang):
            return file(subject.url(self.document)), self.render(subject)


@dataclass(frozen=True, slots=True)
class Page:
    """A document that is not about one place; `of_addresses` where it changes only with addresses."""

    lang: str
    path: str
    render: Callable[[], bytes]
    of_addresses: bool = False

    @property
    def weight(self) -> int:
        return 40

    def files(self) -> Iterator[tuple[str, bytes]]:
        with translation.override(self.lang):
            yield self.path, self.render()


def file(url: str) -> str:
    """The path in the site of what is at a URL's path: a web server finds it there by itself."""
    return unquote(url).removeprefix("/") + (INDEX if url.endswith("/") else "")


def forms(of: Edition) -> tuple[Form, ...]:
    """All kinds of documents about a place, in every language of the town."""
    return tuple(form for lang in of.languages for form in _forms(lang))


def _forms(lang: str) -> Iterator[Form]:
    yield Form(lang, Lasts.DAY, "", _place_page)
    yield Form(lang, Lasts.MONTH, "feed", partial(_feed, lang, "feed", Options()))
    evening = Options(options.EVENING_BEFORE)
    yield Form(lang, Lasts.MONTH, "reminding", partial(_feed, lang, "reminding", evening), for_zones=False)
    yield Form(lang, Lasts.MONTH, "json", partial(_json, lang))


def paths(places: Sequence[Named], wanted: Iterable[Form]) -> Iterator[str]:
    """The paths of some documents about places, which are all addresses or all zones.

    Much faster than asking for each URL: they are alike but for the name of the place.
    """
    if not places:
        return
    unnamed = replace(places[0], slug="/".join("zqxqz" for _ in places[0].slug.split("/")))
    around = []
    for form in wanted:
        with translation.override(form.lang):
            before, _, after = file(edition.url(unnamed, form.document)).partition(unnamed.slug)
        around.append((before, after))
    for named in places:
        for before, after in around:
            yield f"{before}{named.slug}{after}"


def for_zones(wanted: Iterable[Form]) -> tuple[Form, ...]:
    return tuple(form for form in wanted if form.for_zones)


def pages(of: Edition) -> Iterator[Page]:
    """Every page that is not about one place, in every language."""
    for lang in of.languages:
        with translation.override(lang):
            yield from _pages(of, lang)


def _pages(of: Edition, lang: str) -> Iterator[Page]:
    known = of.everything
    root = reverse("start")
    nothing: Found[Address] = Found(Kind.NONE)
    updated = known.register.times.get(known.register.edit)

    def made(url: str, render: Callable[..., bytes], *values: object, of_addresses: bool = False) -> Page:
        return Page(lang, file(url), partial(render, of.frame(url), *values), of_addresses)

    yield made(root, page.start)
    yield made(reverse("about"), page.about, known.zones, updated)
    yield made(root + NOT_FOUND, page.not_found, "", nothing)
    yield made(reverse("localities"), page.localities, known.localities, of_addresses=True)
    for slug, _name, _count in known.localities:
        url = reverse("locality", args=[slug])
        yield made(url, page.locality, known.streets_in(slug), of_addresses=True)
    for street, rows in known.by_street().items():
        url = reverse("street", args=street.split("/"))
        yield made(url, _street, rows, of_addresses=True)


def _street(frame: page.Frame, rows: Iterable[Address]) -> bytes:
    return page.street(frame, sorted(rows, key=directory.address_order))


def _place_page(subject: Subject) -> bytes:
    return page.place(subject.edition.frame(subject.url()), subject.answer)


def _feed(lang: str, document: str, wanted: Options, subject: Subject) -> bytes:
    site = subject.edition.site
    source = site + subject.url(document)
    return calendar.render(subject.answer, wanted, lang=lang, page=site + subject.url(), source=source)


def _json(lang: str, subject: Subject) -> bytes:
    return data.render(subject.answer, lang)
