"""Which year of which place does the visitor get?"""

from collections.abc import Mapping
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from wastecal import answers, surface, words
from wastecal.core import spans
from wastecal.core.answer import Answer
from wastecal.web.frames import Frame
from wastecal.web.views import resident_page
from wastecal.web.years import page, paper, sheet

KEPT = 3600
"""Seconds for which a PDF may be kept."""


@resident_page
def year(_request: HttpRequest, frame: Frame, year: int, **place: str) -> HttpResponse:
    return HttpResponse(page.year(frame, _answer(frame.today, year, place), year))


@resident_page
def large(_request: HttpRequest, frame: Frame, year: int, **place: str) -> HttpResponse:
    return HttpResponse(page.large(frame, _answer(frame.today, year, place), year))


@require_safe
def pdf(request: HttpRequest, year: int, **place: str) -> HttpResponseBase:
    """Its bytes follow from the answer, and so do its validators: they last from month to month."""
    town = answers.town()
    if town is None or not paper.can_say(town):
        raise Http404
    site = surface.site(request, town)
    answer = _answer(surface.today(town), year, place)
    tag = surface.etag(answer.edit, spans.first_of_month(answer.today), request.path, site)
    response = surface.conditional(request, tag, None, lambda: _file(site, answer, year))
    response.headers["Cache-Control"] = f"public, max-age={KEPT}"
    return response


def _file(site: str, answer: Answer, year: int) -> HttpResponse:
    name = f"{answer.place.slug.replace('/', '-')}-{year}.pdf"
    disposition = content_disposition_header(False, name) or ""
    body = page.pdf(site, answer, year)
    return HttpResponse(
        body,
        content_type="application/pdf",
        headers={"Content-Disposition": disposition, "Content-Language": words.language()},
    )


def _answer(today: date, year: int, place: Mapping[str, str]) -> Answer:
    if year not in sheet.offered(today):
        raise Http404
    span = sheet.asked(year)
    if "code" in place:
        found = answers.for_zone(place["code"], today, span)
    else:
        slug = "/".join(place[part] for part in ("locality", "street", "number"))
        found = answers.for_address(slug, today, span)
    if found is None:
        raise Http404
    return found
