"""What happens to text messages that a resident pastes? Nothing is kept of them unless they are sent in."""

import secrets

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from wastecal import answers, edits, inference
from wastecal.core import versions
from wastecal.core.answer import Answer
from wastecal.web import frames, origins
from wastecal.web.frames import Frame
from wastecal.web.limits import Limits
from wastecal.web.patterns import page
from wastecal.web.patterns.form import PatternForm
from wastecal.web.views import frame_of, resident_page

LARGEST = 1024 * 1024
"""Bytes that are read at all; what fits here, but is too long a text, comes back with the sentence."""
readings = Limits(each=200, together=20_000)
sendings = Limits(each=10, together=2000)


# There is no session and no cookie for a forged form to ride on, as with reports: docs/decisions/0016.
@csrf_exempt
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def messages(request: HttpRequest, locality: str, street: str, number: str) -> HttpResponseBase:
    slug = f"{locality}/{street}/{number}"
    if request.method != "POST":
        return _offered(request, slug=slug)
    town = answers.town()
    if town is None:
        return HttpResponse(frames.no_data(request.path), status=503)
    frame = frame_of(request, town)
    response = _answered(request, frame, _at(slug, frame))
    response.headers["Cache-Control"] = "no-store"
    return response


@resident_page
def _offered(_request: HttpRequest, frame: Frame, slug: str) -> HttpResponse:
    return HttpResponse(page.blank(frame, _at(slug, frame)))


def _at(slug: str, frame: Frame) -> Answer:
    answer = answers.for_address(slug, frame.today)
    if answer is None:
        raise Http404
    return answer


def _answered(request: HttpRequest, frame: Frame, answer: Answer) -> HttpResponse:
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        return _again(frame, answer, None, 413, gettext("That was too much text. Paste a part of it."))
    form = PatternForm(answer, request.POST)
    if not origins.is_from_here(request):
        return _again(
            frame, answer, form, 403, gettext("The text came by way of another website. Try again from here.")
        )
    if not form.is_valid():
        return _again(frame, answer, form, 400)
    if not readings.admit(_caller(request), frame.today):
        return _again(
            frame, answer, form, 429, gettext("Too many texts have come today. Try again tomorrow.")
        )
    form.cleaned_data["sending"] = form.cleaned_data["sending"] or f"{secrets.randbelow(10**18):018}"
    return _sent(request, frame, form) if "send" in request.POST else _found(frame, form)


def _sent(request: HttpRequest, frame: Frame, form: PatternForm) -> HttpResponse:
    rows = form.evidence(form.cleaned_data["sending"])
    if not rows:
        return _found(
            frame, form, 400, gettext("No day is left that counts, so there is nothing to send in.")
        )
    if not sendings.admit(_caller(request), frame.today):
        return _found(frame, form, 429, gettext("Too much has been sent in today. Try again tomorrow."))
    return HttpResponse(page.received(frame, form.answer, rows, edits.receive(rows)))


def _found(frame: Frame, form: PatternForm, status: int = 200, fault: str = "") -> HttpResponse:
    known = answers.known()
    policy = versions.live(known.register.shifts) if known else ()
    told = inference.ask(form.answer, form.evidence())
    return HttpResponse(page.found(frame, form.answer, form, told, policy, fault), status=status)


def _again(
    frame: Frame, answer: Answer, form: PatternForm | None, status: int, fault: str = ""
) -> HttpResponse:
    return HttpResponse(page.mistaken(frame, answer, form, fault), status=status)


def _caller(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))
