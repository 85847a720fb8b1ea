"""How does a year become the bytes of a page: on one A4, in large type, and for many addresses at once?

From values alone, as wastecal.web.page. What is alike for neighbours is drawn once and kept.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from wastecal import words
from wastecal.core.answer import Answer
from wastecal.web import links
from wastecal.web.frames import Frame, Link, moment, render
from wastecal.web.months import Sign
from wastecal.web.years import paper, qr, sheet
from wastecal.web.years.sheet import Sheet

BULK = "ar"
"""The question that asks a street's or a zone's page for the sheets of all its addresses."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The part of a sheet that neighbours share."""

    sheet: Sheet
    html: SafeString


def year(frame: Frame, answer: Answer, year: int) -> bytes:
    """The page of a year; the answer is for `sheet.asked(year)`."""
    one = _one(frame, answer, year)
    return render("years/year", frame, one=one, signs=_signs([one]), **_links(frame, answer, year))


def large(frame: Frame, answer: Answer, year: int) -> bytes:
    """The same days as a list in large type."""
    one = _one(frame, answer, year)
    return render("years/large", frame, one=one, signs=_signs([one]), **_links(frame, answer, year))


def bulk(frame: Frame, answers: Iterable[Answer], year: int, **context: Any) -> bytes:
    """One sheet for each answer, for staff to print."""
    sheets = [_one(frame, answer, year) for answer in answers]
    heading = sheet.title(year)
    return render("years/bulk", frame, sheets=sheets, signs=_signs(sheets), heading=heading, **context)


def pdf(site: str, answer: Answer, year: int) -> bytes:
    """The sheet as a PDF; it does not depend on the day."""
    return paper.year(answer, year, feed(site, answer), paper.calendar(answer, year))


def feed(site: str, answer: Answer) -> str:
    """The address of the place's feed; none where it has no containers of its own."""
    return site + links.of_place(answer).rstrip("/") + ".ics" if answer.standings else ""


def _one(frame: Frame, answer: Answer, year: int) -> dict[str, Any]:
    """All that one sheet says."""
    drawn = _drawn(sheet.shared(answer), year, words.language())
    its_feed = feed(frame.site, answer)
    return {
        **_heading(answer),
        "title": sheet.title(year),
        "sheet": drawn.sheet,
        "drawn": drawn.html,
        "put_out": words.put_out(frame.town),
        "feed": its_feed,
        "qr": qr.picture(its_feed.removeprefix(frame.site)),
        "updated": moment(answer.updated, frame.town),
    }


@lru_cache(maxsize=64)
def _drawn(answer: Answer, year: int, lang: str) -> Drawn:
    """`lang` is the active language: the drawing says its words in it."""
    found = sheet.of(answer, year, lang)
    context = {"sheet": found, "lang": lang, "put_out": words.put_out(answer.town)}
    return Drawn(found, render_to_string("wastecal/years/drawn.html", context))


def _heading(answer: Answer) -> dict[str, Any]:
    row = answer.place.address
    if row is None:
        return {"is_zone": True, "heading": answer.zone_name or answer.place.zone, "subheading": ""}
    house, _, town = words.place(answer).partition(", ")
    return {"is_zone": False, "heading": house, "subheading": town}


def _links(frame: Frame, answer: Answer, year: int) -> dict[str, Any]:
    others = [Link(url(answer, other), str(other), other == year) for other in sheet.offered(frame.today)]
    return {
        "years": others,
        "place_url": links.of_place(answer),
        "sheet_url": url(answer, year),
        "large_url": url(answer, year, "year_large"),
        "all_url": f"{links.of_place(answer)}?{BULK}={year}" if answer.place.address is None else "",
        "pdf_url": url(answer, year, "year_pdf") if paper.can_say(answer.town) else "",
    }


def url(answer: Answer, year: int, name: str = "year") -> str:
    """A page of the place's year; `name` is that of the URL for an address."""
    if answer.place.address is None:
        return reverse(f"zone_{name}", args=[answer.place.zone, year])
    return reverse(name, args=[*answer.place.slug.split("/"), year])


def _signs(sheets: Sequence[dict[str, Any]]) -> tuple[Sign, ...]:
    """The signs of all sheets, each once: they are drawn at the top of the page."""
    rows = (row for one in sheets for row in one["sheet"].key)
    return tuple(dict.fromkeys(row.sign for row in rows))
