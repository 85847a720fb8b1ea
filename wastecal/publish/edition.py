"""What does one publication say: all that is known, for which day, at which address of the web?"""

from dataclasses import dataclass
from datetime import date
from typing import Self

from django.urls import reverse

from wastecal.answers import Everything, Named
from wastecal.core.answer import Answer
from wastecal.core.rows import Municipality
from wastecal.core.spans import Span
from wastecal.web import language
from wastecal.web.frames import Frame

_PAGES = ("subscribe", "card")
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


@dataclass(frozen=True, slots=True)
class Subject:
    """A place at one of its names, in an edition: what a document about it is made from."""

    edition: Edition
    named: Named
    answer: Answer

    @classmethod
    def of(cls, edition: Edition, named: Named) -> "Subject":
        return cls(edition, named, edition.everything.answer(named.place, edition.today))

    def answer_in(self, span: Span) -> Answer:
        return self.edition.everything.answer(self.named.place, self.edition.today, span)

    def url(self, document: str = "") -> str:
        return url(self.named, document)


def url(named: Named, document: str = "") -> str:
    """The path of a document about a place in the active language: `feed`, `card`; "" for its page."""
    kind, parts = ("address", named.slug.split("/")) if named.place.address else ("zone", [named.slug])
    if kind == "address" and document in _PAGES:
        return reverse(document, args=parts)
    return reverse("_".join(filter(None, (kind, document))), args=parts)
