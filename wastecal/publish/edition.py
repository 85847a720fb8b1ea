"""What does one publication say: all that is known, for which day, at which address of the web?"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Self, TypeVar

from django.urls import reverse

from wastecal import words
from wastecal.answers import Everything, Named
from wastecal.core import spans
from wastecal.core.answer import Answer
from wastecal.core.rows import Municipality
from wastecal.core.spans import Span
from wastecal.web import language
from wastecal.web.frames import Frame

Kept = TypeVar("Kept")

_PAGES = ("subscribe", "card", "sms", "year", "year_large", "year_pdf")
"""Pages that belong to a place: their URLs are named for themselves."""


@dataclass(frozen=True, slots=True)
class Edition:
    """Everything public on one day; `site` is the site's address without a slash at its end."""

    everything: Everything
    today: date
    site: str

    @classmethod
    def of(cls, everything: Everything, today: date, site: str) -> Self:
        """The edition; from now on URLs without a prefix are in the town's first language."""
        edition = cls(everything, today, site)
        language.begin_with(edition.languages[0])
        return edition

    @property
    def town(self) -> Municipality:
        return self.everything.town

    @property
    def languages(self) -> tuple[str, ...]:
        return language.of_town(self.town)

    def frame(self, url: str) -> Frame:
        """What the page at `url` shares with all others."""
        return Frame(self.town, self.today, language.without_prefix(url), self.site)


@dataclass(frozen=True, slots=True, eq=False)
class Twin:
    """A place with the same days as others, whose documents may take from it what they have in common."""

    edition: Edition
    named: Named
    _kept: dict[Hashable, Any] = field(default_factory=dict)

    def answer(self, span: Span) -> Answer:
        return self.kept(
            span, lambda: self.edition.everything.answer(self.named.place, self.edition.today, span)
        )

    def kept(self, name: Hashable, make: Callable[[], Kept]) -> Kept:
        """What is called so; made where it is asked for first."""
        if name not in self._kept:
            self._kept[name] = make()
        found: Kept = self._kept[name]
        return found


@dataclass(frozen=True, slots=True)
class Subject:
    """A place at one of its names, in an edition: what a document about it is made from.

    What takes long is taken from its `twin`: itself, or another place with the same days.
    """

    named: Named
    twin: Twin

    @classmethod
    def of(cls, edition: Edition, named: Named) -> Self:
        return cls(named, Twin(edition, named))

    @property
    def edition(self) -> Edition:
        return self.twin.edition

    @property
    def answer(self) -> Answer:
        return self.answer_in(spans.default(self.edition.today))

    def answer_in(self, span: Span) -> Answer:
        found = self.twin.answer(span)
        return found if self.twin.named is self.named else replace(found, place=self.named.place)

    def url(self, document: str = "") -> str:
        if self.twin.named is self.named:
            return url(self.named, document)
        name = "url", words.language(), document
        before, after = self.twin.kept(name, lambda: around(self.twin.named, document))
        return f"{before}{self.named.slug}{after}"


def around(named: Named, document: str = "") -> tuple[str, str]:
    """What stands before and after the name of any such place, unless its name has to be quoted."""
    unnamed = replace(named, slug="/".join("zqxqz" for _ in named.slug.split("/")))
    before, _, after = url(unnamed, document).partition(unnamed.slug)
    return before, after


def url(named: Named, document: str = "") -> str:
    """The path of a document about a place in the active language: `feed`, `year/2027`; "" for its page."""
    name, _, year = document.partition("/")
    kind, parts = ("address", named.slug.split("/")) if named.place.address else ("zone", [named.slug])
    args = [*parts, *([int(year)] if year else [])]
    if kind == "address" and name in _PAGES:
        return reverse(name, args=args)
    return reverse("_".join(filter(None, (kind, name))), args=args)
