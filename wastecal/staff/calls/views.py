"""Which page of a call answers, and what happens to what was written down?"""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from wastecal import surface
from wastecal.core.answer import Answer
from wastecal.core.evidence import Kind, Source
from wastecal.staff import desk
from wastecal.staff.calls import finding, logbook, page, sheet
from wastecal.staff.calls.form import LogForm, MessagesForm, SightsForm
from wastecal.staff.calls.logbook import Kept
from wastecal.staff.doors import door
from wastecal.staff.roles import Role
from wastecal.web.views import cleaned


@door(Role.READ)
@require_safe
def calls(request: HttpRequest) -> HttpResponseBase:
    typed = cleaned(request.GET.get("q", ""))
    if not typed:
        return page.search(request)
    found = finding.find(typed, cleaned(request.GET.get("bland", "")))
    return HttpResponseRedirect(found.go) if found.go else page.search(request, found)


@door(Role.READ)
@require_safe
def call(request: HttpRequest, locality: str, street: str, number: str) -> HttpResponse:
    return page.call(request, _answer(request, f"{locality}/{street}/{number}"))


@door(Role.PROPOSE)
@require_POST
def call_log(request: HttpRequest, locality: str, street: str, number: str) -> HttpResponseBase:
    answer = _answer(request, f"{locality}/{street}/{number}")
    form = LogForm(answer.today, request.POST)
    if not form.is_valid():
        return page.call(request, answer, log=form, status=400)
    kept = logbook.keep(answer, form.cleaned_data, surface.now(answer.town))
    return _on(sheet.url(answer.place.slug), kept.query)


@door(Role.PROPOSE)
@require_POST
def call_messages(request: HttpRequest, locality: str, street: str, number: str) -> HttpResponseBase:
    """Days that are read aloud: first what was understood, then, once that is confirmed, kept."""
    answer = _answer(request, f"{locality}/{street}/{number}")
    form = MessagesForm(answer.today, request.POST)
    if not form.is_valid() or request.POST.get("step") == "change":
        return page.call(request, answer, told=form, status=200 if form.is_valid() else 400)
    sights = form.cleaned_data["sights"]
    if request.POST.get("step") != "keep":
        return page.read(request, answer, form, sights)
    chosen = SightsForm(answer.today, sights, request.POST)
    if not chosen.is_valid():
        return page.read(request, answer, form, sights, " ".join(map(str, chosen.errors["sight"])))
    sending = logbook.observe(answer, chosen.chosen, Kind.COLLECTED, Source.RESIDENT)
    return _on(sheet.url(answer.place.slug), Kept(sending).query)


@door(Role.PROPOSE)
@require_POST
def call_missing(request: HttpRequest) -> HttpResponseBase:
    typed = cleaned(request.POST.get("typed", ""))
    if not typed:
        return HttpResponseRedirect(reverse("staff:calls"), status=303)
    kept = logbook.missing(typed, surface.now(desk.frame_of(request).town))
    return _on(reverse("staff:calls"), kept.query)


@door(Role.PROPOSE)
@require_POST
def call_take_back(request: HttpRequest) -> HttpResponseBase:
    """Forget what was written down; the form says from which call."""
    logbook.take_back(Kept.of(request.POST), surface.now(desk.frame_of(request).town))
    slug = request.POST.get("adress", "")[:400]
    answer = sheet.find(slug, desk.frame_of(request).today) if slug.count("/") == 2 else None
    where = sheet.url(answer.place.slug) if answer else reverse("staff:calls")
    return _on(where, {"tillbaka": "1"})


def _answer(request: HttpRequest, slug: str) -> Answer:
    answer = sheet.find(slug, desk.frame_of(request).today)
    if answer is None:
        raise Http404
    return answer


def _on(url: str, query: Mapping[str, str]) -> HttpResponse:
    return HttpResponseRedirect(f"{url}?{urlencode(query)}", status=303)
