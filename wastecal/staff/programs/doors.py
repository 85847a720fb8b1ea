"""What do all questions of programs that write have in common? A badge, a role, a condition, a key."""

import re
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.decorators import api_view, authentication_classes, permission_classes
from rest_framework.request import Request
from rest_framework.serializers import Serializer

from wastecal import answers, surface
from wastecal.api import listed, parameters, problems, shapes, throttling
from wastecal.api.views.reading import JSON
from wastecal.staff.models import Person
from wastecal.staff.programs import badges, writing
from wastecal.staff.programs.badges import Bearer, Session
from wastecal.staff.roles import Role

View = Callable[..., HttpResponseBase]

_ON = re.compile(r'\s*(?:W/)?"?([0-9]{1,10})"?\s*')
_KEY = re.compile(r"[!-~]{1,200}")


class Overtaken(shapes.Problem):
    """Why nothing was written: others have written since."""

    newest = shapes.edit_number("The number of the newest Edit.", 43)
    edits = listed.Edit(many=True, help_text="What others have done since.")


_BADGES: Any = [{"token": []}, {"session": []}]
_IF_MATCH = OpenApiParameter(
    "If-Match",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    pattern=r'^"[0-9]{1,10}"$',
    description="The number of the newest Edit that you have seen, in quotation marks. It must be said.",
    examples=[OpenApiExample("If-Match", value='"42"')],
)
_IDEMPOTENCY = OpenApiParameter(
    "Idempotency-Key",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    pattern="^[!-~]{1,200}$",
    description="A text of your own, new for each thing you want: sent again it gets the same answer, for 30 "
    "days.",
    examples=[OpenApiExample("Idempotency-Key", value="6f1c9d0a")],
)


def act(
    body: type[Serializer[Any]],
    shape: type[Serializer[Any]],
    name: str,
    *,
    role: Role = Role.PROPOSE,
    writes: bool = True,
) -> Callable[[View], View]:
    """A question that is sent with a body, for those whose role covers this one."""

    def made(view: View) -> View:
        told = extend_schema(
            operation_id=name,
            summary=(view.__doc__ or "").partition("\n")[0],
            request={JSON: body},
            auth=_BADGES,
            parameters=[parameters.LANG, *([_IF_MATCH, _IDEMPOTENCY] if writes else [])],
            responses=_responses(shape, writes),
        )

        @wraps(view)
        def answered(request: Request) -> HttpResponseBase:
            sent = body(data=request.data)
            sent.is_valid(raise_exception=True)
            said = {key: value for key, value in sent.validated_data.items() if value is not None}
            return view(_asked(request, writes), said)

        badged: Any = permission_classes([badges.may(role)])(answered)
        badged = authentication_classes([Bearer, Session])(badged)
        return _told_apart(told(api_view(["POST"])(badged)))

    return made


def beside(read: View, write: View) -> View:
    """One address that is read by everyone and written to by some."""

    @csrf_exempt
    @wraps(read)
    def answered(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        response = (write if request.method == "POST" else read)(request, **kwargs)
        if "Allow" in response.headers:
            response.headers["Allow"] = "GET, HEAD, OPTIONS, POST"
        return response

    both: Any = answered
    methods = {"http_method_names": ["get", "head", "options", "post"]}
    parents: Any = (read.cls, write.cls)  # type: ignore[attr-defined]
    both.cls = type("Both", parents, methods)
    return answered


def created(written: writing.Written) -> HttpResponse:
    response = HttpResponse(written.body, status=201, content_type=f"{JSON}; charset=utf-8")
    response.headers["ETag"] = f'"{written.edit}"'
    if written.again:
        response.headers["Idempotency-Replayed"] = "true"
    return response


def _told_apart(view: View) -> View:
    """In the language of the query, kept by nobody, and open to no other site's script."""

    @wraps(view)
    def answered(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        town = answers.town()
        wish = request.GET.get("lang", "")
        offered = town.languages if town else ()
        with translation.override(wish if wish in offered else translation.get_language()):
            response = view(request, **kwargs)
        throttling.tell(response, request.META.get("wastecal.standing"))
        response.headers["Cache-Control"] = "no-store"
        return response

    return answered


def _asked(request: Request, writes: bool) -> writing.Asked:
    town = answers.town()
    if town is None:
        raise problems.Refused(503, "empty", _("No collection days are loaded yet."))
    parameters.language(request._request, town.languages)
    key = request.headers.get("Idempotency-Key", "")
    if key and not _KEY.fullmatch(key):
        raise problems.malformed(
            "Idempotency-Key", _("Idempotency-Key holds 200 visible ASCII signs at most.")
        )
    sent = f"{request.method} {request.path}\n".encode() + repr(request.data).encode("utf-8", "surrogatepass")
    on = _on(request.headers.get("If-Match")) if writes else None
    person = cast(Person, request.user)  # the permission lets nobody else in
    return writing.Asked(person, town, surface.today(town), on, key, sent)


def _on(text: str | None) -> int | None:
    if text is None:
        return None
    found = _ON.fullmatch(text)
    if found is None:
        raise problems.malformed("If-Match", _('If-Match is the number of one Edit, such as "42".'))
    return int(found[1])


def _responses(shape: type[Serializer[Any]], writes: bool) -> dict[Any, Any]:
    wrong: Iterable[tuple[int, Any, str]] = [
        (400, shapes.Problem, "What was sent is no JSON, or a header or parameter cannot be read."),
        (401, shapes.Problem, "You are not logged in, or the token holds no longer."),
        (403, shapes.Problem, "Your role, or your zones, do not allow it; or the CSRF token is missing."),
        (415, shapes.Problem, "What was sent is not called JSON."),
        (422, shapes.Problem, "What was sent can be read, and cannot be done; `errors` says why."),
        (429, shapes.Problem, "You asked very often; `Retry-After` says when to ask again."),
        (503, shapes.Problem, "Nothing is loaded yet, or the database is gone."),
    ]
    on_condition = [
        (
            412,
            Overtaken,
            "Others have written since the Edit in `If-Match`: `edits` says what. Nothing was written.",
        ),
        (428, shapes.Problem, "`If-Match` is missing."),
    ]
    done = (201, "Done.") if writes else (200, "What would change. Nothing has.")
    found: dict[Any, Any] = {(done[0], JSON): OpenApiResponse(shape, done[1])}
    for status, told, meaning in sorted([*wrong, *(on_condition if writes else [])], key=lambda row: row[0]):
        found[(status, problems.TYPE)] = OpenApiResponse(told, meaning)
    return found
