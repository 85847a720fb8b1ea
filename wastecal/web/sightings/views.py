"""What happens to what a resident saw on a day? It is kept as evidence of the street, and of nobody."""

import secrets
from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from wastecal import answers, edits
from wastecal.core.answer import Answer
from wastecal.web import frames, origins
from wastecal.web.frames import Frame
from wastecal.web.patterns import page as patterns
from wastecal.web.patterns import views as pasted
from wastecal.web.reporting.views import LARGEST, about
from wastecal.web.sightings import page
from wastecal.web.sightings.form import SeenForm
from wastecal.web.views import frame_of, resident_page


# There is no session and no cookie for a forged form to ride on, as with reports: docs/decisions/0016.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def seen(request: HttpRequest) -> HttpResponseBase:
    if request.method != "POST":
        return _offered(request)
    town = answers.town()
    if town is None:
        return HttpResponse(frames.no_data(request.path), status=503)
    response = _sent(request, frame_of(request, town))
    response.headers["Cache-Control"] = "no-store"
    return response


@resident_page
def _offered(request: HttpRequest, frame: Frame) -> HttpResponse:
    answer, day = _about(request, frame), _day(request)
    return HttpResponse(page.form(frame, SeenForm(answer, about=day), day) if answer else page.which(frame))


def _sent(request: HttpRequest, frame: Frame) -> HttpResponse:
    answer = _about(request, frame)
    if answer is None:
        return HttpResponse(page.which(frame), status=400)
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        return _again(frame, SeenForm(answer), 413, gettext("That was too much. Fill in the form here."))
    form = SeenForm(answer, request.POST)
    if not origins.is_from_here(request):
        return _again(frame, form, 403, gettext("This came by way of another website. Send it from here."))
    if not form.is_valid():
        return _again(frame, form, 400)
    if not pasted.sendings.admit(request.META.get("REMOTE_ADDR", ""), frame.today):
        return _again(frame, form, 429, gettext("Too much has been sent in today. Try again tomorrow."))
    rows = form.evidence(form.cleaned_data["sending"] or f"{secrets.randbelow(10**18):018}")
    return HttpResponse(patterns.received(frame, answer, rows, edits.receive(rows)))


def _again(frame: Frame, form: SeenForm, status: int, fault: str = "") -> HttpResponse:
    return HttpResponse(page.form(frame, form, fault=fault), status=status)


def _about(request: HttpRequest, frame: Frame) -> Answer | None:
    """The house that the URL names, where something is emptied there."""
    answer = about(request, frame)
    return answer if answer and page.concerns(answer) else None


def _day(request: HttpRequest) -> date | None:
    """The day beside which the reader pressed."""
    try:
        return date.fromisoformat(request.GET.get("dag", ""))
    except ValueError:
        return None
