"""Which buildings does a client of the old portals find, and which days does it get?"""

import json
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.request import RawPostDataException, UnreadablePostError
from django.views.decorators.csrf import csrf_exempt

from wastecal import answers, data, surface
from wastecal.api.portal import buildings, rows

KEPT = 300
"""Seconds for which a schedule may be kept."""
LONGEST = 400
"""Characters of an address, its number included, that are looked at."""

View = Callable[[HttpRequest], HttpResponse]


@csrf_exempt
def door(request: HttpRequest, name: str) -> HttpResponse:
    """For programs: no CSRF token and no cookie, never a redirect, open to every site's script.

    The name of the question is forgiven its letter case and a last slash.
    """
    methods, view = _VIEWS.get(name.rstrip("/").casefold(), (_NO_METHODS, _nothing))
    if request.method == "OPTIONS":
        response = HttpResponse(status=204)
        response.headers["Access-Control-Allow-Headers"] = "Content-Type"
        response.headers["Access-Control-Allow-Methods"] = ", ".join(methods)
    elif methods and request.method not in methods:
        response = _refused(405)
    else:
        response = view(request)
    response.headers["Allow"] = ", ".join((*methods, "OPTIONS"))
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _search_address(request: HttpRequest) -> HttpResponse:
    text = _search_text(request)
    if text is None:
        return _refused(400)
    response = _json({"Succeeded": True, "Buildings": list(buildings.found(text[:LONGEST]))})
    response.headers["Cache-Control"] = "no-store"
    return response


def _schedule(request: HttpRequest) -> HttpResponse:
    town = answers.town()
    slug = buildings.slug_of(request.GET.get("address", "")[:LONGEST])
    answer = answers.for_address(slug, surface.today(town)) if town and slug else None
    response = _json({"RhServices": list(rows.of(answer)) if answer else []})
    response.headers["Cache-Control"] = f"public, max-age={KEPT}"
    return response


def _nothing(_request: HttpRequest) -> HttpResponse:
    return _refused(404)


_NO_METHODS: tuple[str, ...] = ()
_VIEWS: dict[str, tuple[tuple[str, ...], View]] = {
    "searchadress": (("POST",), _search_address),
    "getwastepickupschedule": (("GET", "HEAD"), _schedule),
}


def _refused(status: int) -> HttpResponse:
    return _json({"Succeeded": False, "Buildings": []}, status)


def _search_text(request: HttpRequest) -> str | None:
    """What was sent in the query, in a form or as JSON; None where that cannot be read."""
    if "searchText" in request.GET:
        return request.GET["searchText"]
    if request.content_type in ("application/x-www-form-urlencoded", "multipart/form-data"):
        return request.POST.get("searchText", "")
    try:
        sent = json.loads(request.body or b"{}")
    except (ValueError, RecursionError, RawPostDataException, UnreadablePostError):
        return None
    text = sent.get("searchText", "") if isinstance(sent, dict) else None
    return text if isinstance(text, str) else None


def _json(value: Any, status: int = 200) -> HttpResponse:
    return HttpResponse(data.written(value), status=status, content_type="application/json; charset=utf-8")
