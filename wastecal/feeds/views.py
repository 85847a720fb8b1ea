"""Which calendar or data file does a program get?"""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial, wraps

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils import translation
from django.utils.encoding import iri_to_uri
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wastecal import answers, surface
from wastecal.core import options, spans
from wastecal.core.answer import Answer
from wastecal.core.ics import Reminder
from wastecal.core.options import Options, UnknownOption
from wastecal.feeds import calendar, data

KEPT = 3600
"""Seconds for which a feed may be kept."""

_CALENDAR = "text/calendar; charset=utf-8"
_PLAIN = "text/plain; charset=utf-8"


def open_to_all(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """GET and HEAD only, readable from any site's script, kept for an hour where it went well."""

    @require_safe
    @wraps(view)
    def answered(request: HttpRequest, **kwargs: str) -> HttpResponseBase:
        response = view(request, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Last-Modified"
        if response.status_code in (200, 304):
            response["Cache-Control"] = f"public, max-age={KEPT}"
        return response

    return answered


@open_to_all
def address_feed(request: HttpRequest, **parts: str) -> HttpResponseBase:
    return _calendar(request, _address(parts), reverse("address", kwargs=parts), None)


@open_to_all
def address_reminding(request: HttpRequest, **parts: str) -> HttpResponseBase:
    return _calendar(request, _address(parts), reverse("address", kwargs=parts), options.EVENING_BEFORE)


@open_to_all
def address_json(request: HttpRequest, **parts: str) -> HttpResponseBase:
    return _json(request, _address(parts))


@open_to_all
def zone_feed(request: HttpRequest, code: str) -> HttpResponseBase:
    return _calendar(request, _zone(code), reverse("zone", kwargs={"code": code}), None)


@open_to_all
def zone_json(request: HttpRequest, code: str) -> HttpResponseBase:
    return _json(request, _zone(code))


def _address(parts: Mapping[str, str]) -> Answer | None:
    """The answer for an address by the parts of its slug: locality, street and number."""
    town = answers.town()
    slug = "/".join(parts[part] for part in ("locality", "street", "number"))
    return answers.for_address(slug, surface.today(town)) if town else None


def _zone(code: str) -> Answer | None:
    town = answers.town()
    return answers.for_zone(code, surface.today(town)) if town else None


def _calendar(
    request: HttpRequest, answer: Answer | None, page: str, reminder: Reminder | None
) -> HttpResponseBase:
    if answer is None:
        status, sentence = _missing()
        return HttpResponse(sentence + "\n", status=status, content_type=_PLAIN)
    try:
        wanted = options.read(request.GET.dict(), answers.container_codes(), reminder)
    except UnknownOption as error:
        return HttpResponse(_refusal(error) + "\n", status=400, content_type=_PLAIN)
    return _conditional(request, answer, partial(_calendar_response, request, answer, page, wanted), wanted)


def _calendar_response(request: HttpRequest, answer: Answer, page: str, wanted: Options) -> HttpResponse:
    site = surface.site(request, answer.town)
    lang = translation.get_language()
    source = site + iri_to_uri(request.path) + options.query(request.GET.dict())
    body = calendar.render(answer, wanted, lang=lang, page=site + page, source=source)
    name = answer.place.slug.replace("/", "-") + ".ics"
    disposition = content_disposition_header(False, name) or ""
    return HttpResponse(body, content_type=_CALENDAR, headers={"Content-Disposition": disposition})


def _json(request: HttpRequest, answer: Answer | None) -> HttpResponseBase:
    if answer is None:
        status, sentence = _missing()
        said = {"ensure_ascii": False}
        return JsonResponse({"error": sentence}, status=status, json_dumps_params=said)
    return _conditional(request, answer, partial(_json_response, answer), None)


def _json_response(answer: Answer) -> HttpResponse:
    return HttpResponse(
        data.render(answer, translation.get_language()), content_type="application/json; charset=utf-8"
    )


def _conditional(
    request: HttpRequest, answer: Answer, body: Callable[[], HttpResponse], wanted: Options | None
) -> HttpResponseBase:
    """The response with its validators: they change with the Edit, the month, the options, the
    release and the site's address, and with nothing else: not with a parameter that we do not know."""
    month = spans.first_of_month(answer.today)
    site = surface.site(request, answer.town)
    meant = options.query(request.GET.dict()) if wanted else ""
    tag = surface.etag(answer.edit, month, wanted, request.path, meant, site)
    return surface.conditional(request, tag, _modified(answer), body)


def _modified(answer: Answer) -> datetime | None:
    """When the bytes last changed: at the newest Edit, when the month began, or with the release."""
    if answer.updated is None:
        return None
    began = surface.midnight(spans.first_of_month(answer.today), answer.town)
    return max(answer.updated, began, surface.released())


def _missing() -> tuple[int, str]:
    """Status and sentence where there is no answer: nothing is loaded yet, or there is no such place."""
    if answers.town() is None:
        return 503, _("No collection days are loaded yet.")
    return 404, _("There is no such address or zone here.")


def _refusal(error: UnknownOption) -> str:
    sentences = {
        "paminn": _("paminn is a time of day, such as 18:00."),
        "dag": _("dag is 0 or 1, beside paminn: on the same day or the day before."),
        "karl": _("karl names containers that there are, such as karl-1,karl-2."),
    }
    return sentences[error.name]
