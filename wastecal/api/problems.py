"""What is a program told when it asked in a way that has no answer? Problem details (RFC 9457)."""

import json
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import Error
from django.http import Http404, HttpResponse, UnreadablePostError
from django.utils.translation import gettext as _
from rest_framework.exceptions import (
    AuthenticationFailed,
    MethodNotAllowed,
    NotAuthenticated,
    ParseError,
    PermissionDenied,
    Throttled,
    UnsupportedMediaType,
    ValidationError,
)

TYPE = "application/problem+json"
BUSY = 60
"""Seconds after which to ask again when the database is gone."""


class Refused(Exception):
    """A question that gets a problem for an answer.

    `name` is stable and names the kind; `detail` is one sentence for a person; `more` are further
    members of the problem, such as the parameter that is meant.
    """

    def __init__(self, status: int, name: str, detail: str, **more: Any) -> None:
        super().__init__(detail)
        self.status = status
        self.name = name
        self.detail = detail
        self.more = more


def malformed(parameter: str, detail: str) -> Refused:
    """A parameter that cannot be read."""
    return Refused(400, "malformed", detail, parameter=parameter)


def unanswerable(parameter: str, detail: str) -> Refused:
    """A parameter that can be read, and still means nothing that is answered."""
    return Refused(422, "unanswerable", detail, parameter=parameter)


def response(refused: Refused, **headers: str) -> HttpResponse:
    """The problem as an HTTP answer, in the active language; kept by nobody."""
    said = {
        "type": f"urn:wastecal:problem:{refused.name}",
        "title": title(refused.status),
        "status": refused.status,
        "detail": refused.detail,
        **refused.more,
    }
    body = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    kept = {"Cache-Control": "no-store"}
    return HttpResponse(body, status=refused.status, content_type=TYPE, headers={**kept, **headers})


def of(error: Exception, _context: object) -> HttpResponse | None:
    """The answer for what a view raised; None for a fault of ours, which Django then reports."""
    if isinstance(error, Throttled):
        wait = str(int(getattr(error, "wait", None) or 1))
        return response(Refused(429, "too-many", str(error.detail)), **{"Retry-After": wait})
    if isinstance(error, Error):
        return response(_gone(), **{"Retry-After": str(BUSY)})
    refused = _refused(error)
    asks = getattr(error, "auth_header", None)
    headers = {"WWW-Authenticate": str(asks)} if asks else {}
    return response(refused, **headers) if refused else None


def title(status: int) -> str:
    """The kind of problem in a few words."""
    titles = {
        400: _("The question cannot be read"),
        401: _("Not logged in"),
        403: _("Not allowed"),
        404: _("Not found"),
        405: _("Not possible here"),
        409: _("In conflict with what is there"),
        412: _("Something has changed in the meantime"),
        413: _("Too large"),
        415: _("Not in this form"),
        422: _("Not answered"),
        428: _("A condition is missing"),
        429: _("Too many questions"),
        503: _("Down for a while"),
    }
    return titles[status]


def _refused(error: Exception) -> Refused | None:
    match error:
        case Refused():
            return error
        case Http404():
            return Refused(404, "not-found", _("There is nothing here by that name."))
        case MethodNotAllowed():
            return Refused(405, "method", _("This address can be read, and not be written to."))
        case NotAuthenticated():
            return Refused(401, "not-logged-in", _("Log in, or send a token."))
        case AuthenticationFailed():
            return Refused(401, "not-logged-in", _("This token holds no longer, or never did."))
        case ValidationError():
            return _misshapen(error)
        case PermissionDenied():
            return Refused(403, "not-allowed", str(error.detail))
        case UnsupportedMediaType():
            return Refused(415, "form", _("Send JSON, as Content-Type: application/json."))
        case ParseError() | UnreadablePostError() | RecursionError():
            return Refused(400, "malformed", _("What was sent is no JSON."))
        case SuspiciousOperation():
            return of_suspicion(error)
    return None


def _misshapen(error: ValidationError) -> Refused:
    """What was sent has not the shape that the description asks for; DRF's own words are not ours."""
    named = error.detail if isinstance(error.detail, dict) else {"": error.detail}
    sentence = _("%(field)s is missing, or is not of the form that the description asks for.")
    errors = [{"field": str(name), "detail": sentence % {"field": name or "JSON"}} for name in named]
    return Refused(422, "unanswerable", errors[0]["detail"], errors=errors)


def of_suspicion(error: SuspiciousOperation) -> Refused:
    """What Django itself finds too much."""
    if isinstance(error, RequestDataTooBig):
        return Refused(413, "too-large", _("That is more than can be taken in at once."))
    return Refused(400, "malformed", _("There are more parameters than anybody needs."))


def _gone() -> Refused:
    return Refused(503, "down", _("The data cannot be reached at the moment. Ask again in a minute."))
