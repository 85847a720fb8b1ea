"""Which files are there about places, and how is each rendered?"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from urllib.parse import unquote

from django.utils import translation

from wastecal import data, words
from wastecal.answers import Named
from wastecal.core import options
from wastecal.core.answer import Answer
from wastecal.core.options import Options
from wastecal.feeds import calendar
from wastecal.publish import edition
from wastecal.publish.codes import Codes
from wastecal.publish.edition import Edition, Subject
from wastecal.web import page
from wastecal.web.cards import page as cards
from wastecal.web.frames import Frame
from wastecal.web.patterns import page as patterns
from wastecal.web.subscribing import page as subscribing
from wastecal.web.years import page as years
from wastecal.web.years import paper, qr, sheet

INDEX = "index.html"
_CODES = Codes()


class Lasts(StrEnum):
    """For how long does a document keep its bytes while the data stays as it is?"""

    DAY = "day"
    MONTH = "month"
    NAME = "name"
    """As long as the place is called so."""


@dataclass(frozen=True, slots=True)
class Form:
    """One kind of document about a place, in one language."""

    lang: str
    lasts: Lasts
    document: str
    """The part of its URL's name that says which it is: "" for the page, `feed`, `card`."""
    render: Callable[[Subject], bytes]
    for_zones: bool = True

    def of(self, subject: Subject) -> tuple[str, bytes]:
        """The path and the bytes of the document."""
        with translation.override(self.lang):
            return file(subject.url(self.document)), self.render(subject)

    def body(self, subject: Subject) -> bytes:
        with translation.override(self.lang):
            return self.render(subject)


def file(url: str) -> str:
    """The path in the site of what is at a URL's path: a web server finds it there by itself."""
    return unquote(url).removeprefix("/") + (INDEX if url.endswith("/") else "")


def forms(of: Edition) -> tuple[Form, ...]:
    """All kinds of documents about a place, in every language of the town."""
    return tuple(form for lang in of.languages for form in (*_forms(lang), *_years(of, lang)))


def _years(of: Edition, lang: str) -> Iterator[Form]:
    """The printed years; a PDF only in languages that its letters can say."""
    with translation.override(lang):
        can_say = paper.can_say(of.town)
    for year in sheet.offered(of.today):
        yield Form(lang, Lasts.DAY, f"year/{year}", partial(_year, years.year, year))
        yield Form(lang, Lasts.DAY, f"year_large/{year}", partial(_year, years.large, year))
        if can_say:
            yield Form(lang, Lasts.MONTH, f"year_pdf/{year}", partial(_pdf, year))


def _forms(lang: str) -> Iterator[Form]:
    yield Form(lang, Lasts.DAY, "", _place_page)
    yield Form(lang, Lasts.DAY, "subscribe", _subscribe)
    yield Form(lang, Lasts.DAY, "card", _card)
    yield Form(lang, Lasts.MONTH, "sms", _sms, for_zones=False)
    yield Form(lang, Lasts.NAME, "qr", partial(_qr, "feed"))
    yield Form(lang, Lasts.MONTH, "feed", partial(_feed, lang, "feed", Options()))
    evening = Options(options.EVENING_BEFORE)
    yield Form(lang, Lasts.MONTH, "reminding", partial(_feed, lang, "reminding", evening), for_zones=False)
    yield Form(lang, Lasts.NAME, "reminding_qr", partial(_qr, "reminding"), for_zones=False)
    yield Form(lang, Lasts.MONTH, "json", partial(_json, lang))


def paths(places: Sequence[Named], wanted: Iterable[Form]) -> Iterator[str]:
    """The paths of some documents about places, which are all addresses or all zones.

    Much faster than asking for each URL: they are alike but for the name of the place.
    """
    if not places:
        return
    around = []
    for form in wanted:
        with translation.override(form.lang):
            ends = edition.around(places[0], form.document)
        around.append(file("\0".join(ends)).split("\0"))
    for named in places:
        for before, after in around:
            yield f"{before}{named.slug}{after}"


def for_zones(wanted: Iterable[Form]) -> tuple[Form, ...]:
    return tuple(form for form in wanted if form.for_zones)


def _place_page(subject: Subject) -> bytes:
    beside = subject.edition.everything.beside(subject.named.place)
    return page.place(subject.edition.frame(subject.url()), subject.answer, beside)


def _subscribe(subject: Subject) -> bytes:
    return subscribing.place(subject.edition.frame(subject.url("subscribe")), subject.answer)


def _card(subject: Subject) -> bytes:
    return cards.card(subject.edition.frame(subject.url("card")), subject.answer)


def _sms(subject: Subject) -> bytes:
    return patterns.blank(subject.edition.frame(subject.url("sms")), subject.answer)


def _year(render: Callable[[Frame, Answer, int], bytes], year: int, subject: Subject) -> bytes:
    name = "year" if render is years.year else "year_large"
    frame = subject.edition.frame(subject.url(f"{name}/{year}"))
    return render(frame, subject.answer_in(sheet.asked(year)), year)


def _pdf(year: int, subject: Subject) -> bytes:
    answer = subject.answer_in(sheet.asked(year))
    calendar = subject.twin.kept(("pdf", words.language(), year), lambda: paper.calendar(answer, year))
    return paper.year(answer, year, years.feed(subject.edition.site, answer), calendar, _CODES.modules)


def _qr(document: str, subject: Subject) -> bytes:
    return qr.of_feed(subject.edition.site + subject.url(document), _CODES.modules)


def _feed(lang: str, document: str, wanted: Options, subject: Subject) -> bytes:
    site = subject.edition.site
    source = site + subject.url(document)
    return calendar.render(subject.answer, wanted, lang=lang, page=site + subject.url(), source=source)


def _json(lang: str, subject: Subject) -> bytes:
    return data.render(subject.answer, lang)
