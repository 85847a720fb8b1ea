"""What has changed since then? Told at once, or as soon as something changes."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Event
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter

from wastecal import answers, surface
from wastecal.answers import changes
from wastecal.api import listed, parameters, resources
from wastecal.api.views.reading import Asked, conditional, question

WAITING = 2
"""How many may wait at a time in a process of the server: half of its threads, so that others get on."""
LOOKS = 0.5
"""Seconds between two looks whether there is something new."""
SOON = 5
"""Seconds after which to ask again for whom there was no room to wait."""

_room = BoundedSemaphore(WAITING)
_WAITED = OpenApiParameter(
    "Preference-Applied",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    response=[200, 304],
    description="`wait=30` where you waited; `wait=0` where there was no room to.",
)


@question(
    listed.Edits,
    "edits",
    parameters.AFTER,
    parameters.WAIT,
    parameters.LIMIT,
    headers=[_WAITED],
)
def edits(asked: Asked) -> HttpResponseBase:
    """The Edits after the one you know, at once; with `wait`, as soon as there is one.

    Where you send `If-None-Match`, "new" is whatever you do not have.
    """
    after = parameters.number(asked.request, "after", 0, (0, parameters.HIGHEST))
    wait = parameters.number(asked.request, "wait", 0, (0, parameters.LONGEST_WAIT))
    size = parameters.limit(asked.request)
    known = answers.newest_edit()  # before the answer is made: what comes after it ends the waiting
    response = _now(asked, after, size)
    if not wait or _is_new(asked.request, response, after):
        return response
    with _seat() as seated:
        if not seated:
            response.headers["Preference-Applied"] = "wait=0"
            response.headers["Retry-After"] = str(SOON)
            return response
        _wait(wait, known)
    response = _now(asked, after, size)
    response.headers["Preference-Applied"] = f"wait={wait}"
    return response


def _now(asked: Asked, after: int, size: int) -> HttpResponse:
    """What there is to tell at this moment; kept by nobody, for the next moment there may be more."""
    newest = answers.newest_edit()
    response = conditional(asked, lambda: _body(asked, after, size, newest), newest)
    response.headers["Cache-Control"] = "no-cache"
    return response


def _body(asked: Asked, after: int, size: int, newest: int) -> dict[str, Any]:
    found = answers.edits(after, size + 1)
    told = [resources.change(change, asked.town) for change in changes.of(found[:size])]
    more = f"?after={told[-1]['number']}&limit={size}&lang={asked.lang}" if len(found) > size else ""
    following = f"{asked.site}{asked.request.path}{more}" if more else None
    return {"results": told, "newest": newest, "next": following}


def _is_new(request: HttpRequest, response: HttpResponse, after: int) -> bool:
    if "If-None-Match" in request.headers:
        return response.status_code != 304
    return answers.newest_edit() > after


@contextmanager
def _seat() -> Iterator[bool]:
    seated = _room.acquire(blocking=False)
    try:
        yield seated
    finally:
        if seated:
            _room.release()


def _wait(seconds: int, known: int) -> None:
    """Until an Edit after `known`, or so many seconds."""
    until = surface.seconds() + seconds
    pause = Event()
    while answers.newest_edit() == known and (left := until - surface.seconds()) > 0:
        pause.wait(min(LOOKS, left))
