"""What do all questions of the API have in common? Open to every site's script, without a cookie."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.serializers import Serializer

from wastecal import answers, data, surface
from wastecal.api import pages, parameters, problems, shapes, throttling
from wastecal.core.rows import Municipality

KEPT = 300
"""Seconds for which an answer may be kept before it is asked for again, with its ETag."""
JSON = "application/json"

View = Callable[..., HttpResponseBase]

_TOLD = "ETag, RateLimit, RateLimit-Policy, Retry-After, Preference-Applied, Content-Language"
_ALLOWED = "If-None-Match, If-Modified-Since, Content-Type, Prefer"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: who is asked in which language, on which day, and where the site is."""

    request: HttpRequest
    town: Municipality
    lang: str
    today: date
    site: str


def question(
    shape: type[Serializer[Any]],
    name: str,
    *more: OpenApiParameter,
    refusals: Iterable[int] = (),
    headers: Iterable[OpenApiParameter] = (),
) -> Callable[[View], View]:
    """A question that `shape` describes the answer of, called `name` in the description.

    The view gets an Asked, and the first paragraph of its docstring is what the description says.
    """

    def made(view: View) -> View:
        told = extend_schema(
            operation_id=name,
            summary=(view.__doc__ or "").partition("\n")[0],
            parameters=[*more, parameters.LANG, *_headers(headers)],
            responses=_responses(shape, refusals),
        )

        @wraps(view)
        def answered(request: Request, **kwargs: Any) -> HttpResponseBase:
            asked = _asked(request._request)
            with translation.override(asked.lang):
                response = view(asked, **kwargs)
            response.headers["Content-Language"] = asked.lang
            return response

        as_django_does: Any = api_view(["GET", "HEAD"])(answered)
        return open_to_scripts(told(as_django_does))

    return made


def open_to_scripts(view: View) -> View:
    """CORS: any site's script may read, and read why not; none may write."""

    @wraps(view)
    def answered(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        response = _preflight() if request.method == "OPTIONS" else _in_its_language(view, request, kwargs)
        throttling.tell(response, request.META.get("wastecal.standing"))
        if request.method in ("GET", "HEAD", "OPTIONS"):
            response.headers["Access-Control-Allow-Origin"] = "*"
            response.headers["Access-Control-Expose-Headers"] = _TOLD
        return response

    return answered


def _in_its_language(view: View, request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponseBase:
    """The answer, and what is said of a question that has none, in the language of the query."""
    try:
        wish = request.GET.get("lang", "")
    except SuspiciousOperation as error:
        return problems.response(problems.of_suspicion(error))
    with translation.override(wish if wish in dict(settings.LANGUAGES) else translation.get_language()):
        return view(request, **kwargs)


def conditional(asked: Asked, body: Callable[[], Any], *depends: object) -> HttpResponse:
    """The answer that `body` makes, or 304: its validator changes with what it depends on, the whole
    query, the language, the release and the site's address."""
    tag = surface.etag(*depends, asked.request.get_full_path(), asked.lang, asked.site)
    response = surface.conditional(asked.request, tag, None, lambda: rendered(body()))
    response.headers["Cache-Control"] = f"public, max-age={KEPT}"
    return response  # type: ignore[return-value]


def rendered(value: Any) -> HttpResponse:
    return HttpResponse(data.written(value), content_type=f"{JSON}; charset=utf-8")


def page(asked: Asked, rows: pages.Page) -> dict[str, Any]:
    """A page of rows as data, with the address of the next one."""
    return {"results": list(rows.rows), "next": pages.link(asked.request, asked.site, rows.cursor)}


def _asked(request: HttpRequest) -> Asked:
    town = answers.town()
    if town is None:
        raise problems.Refused(503, "empty", _("No collection days are loaded yet."))
    known = [code for code, _name in settings.LANGUAGES]
    offered = [code for code in town.languages if code in known] or [settings.LANGUAGE_CODE]
    lang = parameters.language(request, offered) or offered[0]
    return Asked(request, town, lang, surface.today(town), surface.site(request, town))


def _preflight() -> HttpResponse:
    """What a browser asks before it lets a script ask with a header of its own."""
    response = HttpResponse(status=204, headers={"Allow": "GET, HEAD, OPTIONS"})
    response.headers["Access-Control-Allow-Methods"] = "GET, HEAD"
    response.headers["Access-Control-Allow-Headers"] = _ALLOWED
    response.headers["Access-Control-Max-Age"] = "86400"
    return response


def _responses(shape: type[Serializer[Any]], refusals: Iterable[int]) -> dict[Any, Any]:
    wrong = {
        400: "A parameter cannot be read; `detail` says which and why.",
        404: "There is no such thing here, or no longer.",
        422: "The parameters can be read, and still mean nothing that is answered.",
        429: "You asked very often; `Retry-After` says in how many seconds to ask again.",
        503: "Nothing is loaded yet, or the database is gone.",
    }
    found: dict[Any, Any] = {(200, JSON): OpenApiResponse(shape, "The answer.")}
    found[304] = OpenApiResponse(None, "You have it: the validator in `If-None-Match` still holds.")
    for status in sorted({400, 422, 429, 503, *refusals}):
        found[(status, problems.TYPE)] = OpenApiResponse(shapes.Problem, wrong[status])
    return found


def _headers(more: Iterable[OpenApiParameter]) -> list[OpenApiParameter]:
    etag = OpenApiParameter(
        "ETag",
        OpenApiTypes.STR,
        OpenApiParameter.HEADER,
        response=[200, 304],
        description="The validator: send it back in `If-None-Match`.",
    )
    left = OpenApiParameter(
        "RateLimit",
        OpenApiTypes.STR,
        OpenApiParameter.HEADER,
        response=True,
        description="How many questions are left (`r`), and the seconds until they are counted anew (`t`).",
    )
    return [etag, left, *more]
