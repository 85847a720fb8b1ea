"""Which calendar or data file does a program get?"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils import translation
from django.utils.encoding import iri_to_uri
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from wastecal import answers, data, surface
from wastecal.core import options, several, spans
from wastecal.core.answer import Answer
from wastecal.core.ics import Reminder
from wastecal.core.options import Options, UnknownOption
from wastecal.core.several import Gathered
from wastecal.feeds import calendar, together

_CALENDAR = "text/calendar; charset=utf-8"
_PLAIN = "text/plain; charset=utf-8"


@surface.open_to_all
def address_feed(request: HttpRequest, **parts: str) -> HttpResponseBase:
    return _calendar(request, _address(parts), reverse("address", kwargs=parts), None)


@surface.open_to_all
def address_reminding(request: HttpRequest, **parts: str) -> HttpResponseBase:
    return _calendar(request, _address(parts), reverse("address", kwargs=parts), options.EVENING_BEFORE)


@surface.open_to_all
def address_json(request: HttpRequest, **parts: str) -> HttpResponseBase:
    return _json(request, _address(parts))


@surface.open_to_all
def zone_feed(request: HttpRequest, code: str) -> HttpResponseBase:
    return _calendar(request, _zone(code), reverse("zone", kwargs={"code": code}), None)


@surface.open_to_all
def zone_json(request: HttpRequest, code: str) -> HttpResponseBase:
    return _json(request, _zone(code))


@surface.open_to_all
def several_feed(request: HttpRequest) -> HttpResponseBase:
    town = answers.town()
    if town is None:
        return _said(*_missing())
    found = answers.several(request.GET.getlist(several.PARAMETER), surface.today(town))
    if found.over or not found.answers:
        return _said(*_not_gathered(found))
    try:
        wanted = options.read(request.GET.dict(), answers.container_codes(), None)
    except UnknownOption as error:
        return _said(400, _refusal(error))
    return _conditional_together(request, found, wanted)


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
        return _said(*_missing())
    try:
        wanted = options.read(request.GET.dict(), answers.container_codes(), reminder)
    except UnknownOption as error:
        return _said(400, _refusal(error))
    return _conditional(request, answer, partial(_calendar_response, request, answer, page, wanted), wanted)


def _calendar_response(request: HttpRequest, answer: Answer, page: str, wanted: Options) -> HttpResponse:
    site = surface.site(request, answer.town)
    lang = translation.get_language()
    source = site + iri_to_uri(request.path) + options.query(request.GET.dict())
    body = calendar.render(answer, wanted, lang=lang, page=site + page, source=source)
    name = answer.place.slug.replace("/", "-") + ".ics"
    disposition = content_disposition_header(False, name) or ""
    return HttpResponse(body, content_type=_CALENDAR, headers={"Content-Disposition": disposition})


def _conditional_together(request: HttpRequest, found: Gathered, wanted: Options) -> HttpResponseBase:
    meant = _meant_together(request, found)
    edits = tuple(answer.edit for answer in found.answers)
    town, month = found.answers[0].town, spans.first_of_month(found.answers[0].today)
    tag = surface.etag(edits, month, request.path, meant, surface.site(request, town))
    modified = _modified(found.answers, anew=bool(found.unknown))
    return surface.conditional(
        request, tag, modified, partial(_together_response, request, found, wanted, meant)
    )


def _together_response(request: HttpRequest, found: Gathered, wanted: Options, meant: str) -> HttpResponse:
    site = surface.site(request, found.answers[0].town)
    body = together.render(
        found,
        wanted,
        lang=translation.get_language(),
        page=f"{site}{reverse('several')}?{_asked(found)}",
        source=site + request.path + meant,
        pages={slug: site + reverse("address", args=slug.split("/")) for slug in found.slugs},
    )
    disposition = content_disposition_header(False, "flera.ics") or ""
    return HttpResponse(body, content_type=_CALENDAR, headers={"Content-Disposition": disposition})


def _meant_together(request: HttpRequest, found: Gathered) -> str:
    """The part of the query that means something, each address once."""
    return "&".join(filter(None, (f"?{_asked(found)}", options.query(request.GET.dict())[1:])))


def _asked(found: Gathered) -> str:
    return several.query([*found.slugs, *found.unknown])


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
    return surface.conditional(request, tag, _modified([answer]), body)


def _modified(found: Sequence[Answer], *, anew: bool = False) -> datetime | None:
    """When the bytes last changed: at the newest Edit that bears on them, when the month began, or with
    the release. `anew`: any Edit may bear on them, for it may make an address that is missing."""
    times = [answer.updated for answer in found]
    if anew and (known := answers.known()):
        times.append(known.register.times.get(known.register.edit))
    told = [time for time in times if time is not None]
    if not told:
        return None
    began = surface.midnight(spans.first_of_month(found[0].today), found[0].town)
    return max(*told, began, surface.released())


def _said(status: int, sentence: str) -> HttpResponse:
    return HttpResponse(sentence + "\n", status=status, content_type=_PLAIN)


def _not_gathered(found: Gathered) -> tuple[int, str]:
    """Status and sentence where several addresses were not asked for as they can be."""
    if found.over:
        return 400, _("One calendar holds %(most)d addresses at most.") % {"most": several.MOST}
    if found.unknown:
        return 404, _("None of these addresses is here.")
    return 400, _(
        "Say which addresses: ?a=town/street/1&a=town/street/2, as in the addresses of their pages."
    )


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
