"""Which page does the visitor get?"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from urllib.parse import unquote

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from wastecal import answers, surface, words
from wastecal.core.answer import Answer
from wastecal.core.rows import Address, Municipality
from wastecal.search import Found, Kind
from wastecal.web import frames, language, page
from wastecal.web.frames import Frame
from wastecal.web.years import bulk

KEPT = 300
"""Seconds for which a page may be kept; less before midnight, when it becomes another."""
LONGEST_QUERY = 200
NEIGHBOURS = 3

View = Callable[..., HttpResponseBase]


def resident_page(view: Callable[..., HttpResponse]) -> View:
    """A page for the residents: GET and HEAD only, with its validator, and a sentence where no data is."""

    @require_safe
    @wraps(view)
    def answered(request: HttpRequest, **kwargs: str) -> HttpResponseBase:
        town = answers.town()
        if town is None:
            return HttpResponse(frames.no_data(_path(request)), status=503)
        now = surface.now(town)
        frame = Frame(town, now.date(), _path(request), surface.site(request, town))
        tag = surface.etag(answers.newest_edit(), frame.today, words.language(), frame.site)
        response = surface.conditional(request, tag, None, lambda: view(request, frame, **kwargs))
        response.headers["Cache-Control"] = f"public, max-age={_kept(now)}"
        if response.status_code in (200, 304):
            response.headers["ETag"] = tag
        return response

    return answered


@resident_page
def start(request: HttpRequest, frame: Frame) -> HttpResponse:
    query = cleaned(request.GET.get("q", ""))
    if not query:
        return HttpResponse(page.start(frame))
    found = answers.find(query)
    if found.kind is Kind.ONE:
        return HttpResponseRedirect(reverse("address", args=found.addresses[0].slug.split("/")))
    return HttpResponse(page.results(frame, query, found, _neighbours(found, frame)))


@resident_page
def localities(_request: HttpRequest, frame: Frame) -> HttpResponse:
    return HttpResponse(page.localities(frame, answers.localities()))


@resident_page
def locality(_request: HttpRequest, frame: Frame, locality: str) -> HttpResponse:
    streets = answers.streets(locality)
    if not streets:
        raise Http404
    return HttpResponse(page.locality(frame, streets))


@resident_page
def street(request: HttpRequest, frame: Frame, locality: str, street: str) -> HttpResponse:
    rows = answers.addresses_on(f"{locality}/{street}")
    if not rows:
        raise Http404
    if bulk.is_asked(request):
        return bulk.sheets(request, frame, f"{rows[0].street}, {rows[0].locality}", rows)
    return HttpResponse(page.street(frame, rows))


@resident_page
def address(_request: HttpRequest, frame: Frame, locality: str, street: str, number: str) -> HttpResponse:
    answer = answers.for_address(f"{locality}/{street}/{number}", frame.today)
    if answer is None:
        raise Http404
    return HttpResponse(page.place(frame, answer, answers.beside(answer.place)))


@resident_page
def zone(request: HttpRequest, frame: Frame, code: str) -> HttpResponse:
    answer = answers.for_zone(code, frame.today)
    if answer is None:
        raise Http404
    if bulk.is_asked(request):
        rows = answers.addresses_in(answer.place.zone, frame.today)
        return bulk.sheets(request, frame, answer.zone_name or answer.place.zone, rows)
    return HttpResponse(page.place(frame, answer))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A wrong address is searched for as far as it can be read."""
    town = answers.town()
    if town is None:
        return HttpResponse(frames.no_data(_path(request)), status=404)
    query = _query_of(request.path_info)
    frame = frame_of(request, town)
    found = answers.find(query)
    return HttpResponse(page.not_found(frame, query, found, _neighbours(found, frame)), status=404)


def _neighbours(found: Found[Address], frame: Frame) -> list[Answer]:
    """What the nearest houses have, where the number does not exist."""
    near = found.addresses[:NEIGHBOURS] if found.kind is Kind.NO_NUMBER else ()
    return [answer for row in near if (answer := answers.for_address(row.slug, frame.today))]


def frame_of(request: HttpRequest, town: Municipality) -> Frame:
    """The frame of a page that is made now, for this request."""
    return Frame(town, surface.today(town), _path(request), surface.site(request, town))


def server_error(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(frames.server_error(), status=500)


def _kept(now: datetime) -> int:
    """Seconds to keep, but not past midnight; an hour that summer time takes or gives is no matter."""
    left = (23 - now.hour) * 3600 + (59 - now.minute) * 60 + 60 - now.second
    return min(KEPT, left)


def _path(request: HttpRequest) -> str:
    return language.without_prefix(request.get_full_path())


def cleaned(text: str) -> str:
    """What was typed, on one line and no longer than an address may be."""
    printable = "".join(char if char.isprintable() else " " for char in text[:LONGEST_QUERY])
    return " ".join(printable.split())


def _query_of(path: str) -> str:
    """`bokallen 12, vellinge` out of `/adress/vellinge/bokallen/12/`; "" where a path names no address."""
    parts = [part for part in unquote(language.without_prefix(path)).split("/") if part]
    if len(parts) < 2 or parts[0] not in ("adress", "adresser"):
        return ""
    town, *house = [part.replace("-", " ") for part in parts[1:4]]
    return cleaned(", ".join(part for part in (" ".join(house), town) if part))
