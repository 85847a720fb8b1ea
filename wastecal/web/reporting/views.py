"""What happens to a report that a resident sends?"""

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from wastecal import answers, reports, surface, words
from wastecal.core import scopes
from wastecal.core.answer import Answer
from wastecal.reports import Kind, Report
from wastecal.search import Kind as Hits
from wastecal.web import frames, links, origins
from wastecal.web.frames import Frame, Link
from wastecal.web.limits import Limits
from wastecal.web.reporting import page
from wastecal.web.reporting.form import LONGEST_ADDRESS, ReportForm
from wastecal.web.views import frame_of, resident_page

LARGEST = 64 * 1024
"""Bytes: no report that one can type is longer, however its letters are packed."""
limits = Limits(each=20, together=2000)


# There is no session and no cookie for a forged form to ride on; docs/decisions/0016 says what guards it.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponseBase:
    if request.method != "POST":
        return _offered(request)
    town = answers.town()
    if town is None:
        return HttpResponse(frames.no_data(request.path), status=503)
    return _sent(request, frame_of(request, town))


@resident_page
def _offered(request: HttpRequest, frame: Frame) -> HttpResponse:
    return HttpResponse(page.report(frame, answers.containers(), _prefilled(request, frame)))


@resident_page
def received(request: HttpRequest, frame: Frame) -> HttpResponse:
    answer = about(request, frame)
    link = Link(links.of_place(answer), words.place(answer)) if answer else None
    return HttpResponse(page.received(frame, link))


def _sent(request: HttpRequest, frame: Frame) -> HttpResponse:
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        return _again(frame, None, 413, gettext("That was too much text. Shorten it and send it again."))
    form = ReportForm(frame.today, answers.containers(), request.POST)
    if not origins.is_from_here(request):
        return _again(
            frame, form, 403, gettext("The report came by way of another website. Send it again from here.")
        )
    if not form.is_valid():
        return _again(frame, form, 400)
    if not limits.admit(request.META.get("REMOTE_ADDR", ""), frame.today):
        return _again(frame, form, 429, gettext("Too many reports have come today. Please call us instead."))
    filed = _read(form, about(request, frame))
    reports.file(filed, surface.now(frame.town))
    query = f"?adress={filed.address}" if filed.address else ""
    return HttpResponseRedirect(reverse("report_received") + query, status=303)


def _again(frame: Frame, form: ReportForm | None, status: int, fault: str = "") -> HttpResponse:
    body = page.report(frame, answers.containers(), form, fault=fault)
    return HttpResponse(body, status=status, headers={"Cache-Control": "no-store"})


def _read(form: ReportForm, answer: Answer | None) -> Report:
    said = form.cleaned_data
    slug = answer.place.slug if answer and said["where"] == words.place(answer) else _slug(said["where"])
    return Report(
        kind=Kind(said["kind"]),
        address=slug,
        typed="" if slug else said["where"],
        day=said["day"],
        container=said["container"],
        text=said["text"],
    )


def _slug(typed: str) -> str:
    """The one address that was meant, or ""."""
    found = answers.find(typed)
    return found.addresses[0].slug if found.kind is Hits.ONE else ""


def _prefilled(request: HttpRequest, frame: Frame) -> ReportForm:
    missing = request.GET.get("saknas", "")[:LONGEST_ADDRESS]
    answer = about(request, frame)
    known = {"where": words.place(answer)} if answer else {}
    asked = {"kind": Kind.MISSING_ADDRESS.value, "where": missing} if missing else known
    return ReportForm(frame.today, answers.containers(), initial=asked)


def about(request: HttpRequest, frame: Frame) -> Answer | None:
    """The address that the URL names, if there is one."""
    slug = request.GET.get("adress", "")[:LONGEST_ADDRESS]
    if not scopes.is_valid(scopes.address(slug)):
        return None
    return answers.for_address(slug, frame.today)
