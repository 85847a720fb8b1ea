"""Which page for subscribing does the visitor get?"""

from django.http import Http404, HttpRequest, HttpResponse

from wastecal import answers
from wastecal.core import several
from wastecal.core.answer import Answer
from wastecal.web.frames import Frame
from wastecal.web.subscribing import form, offers, page
from wastecal.web.subscribing.offers import Offer
from wastecal.web.views import resident_page


@resident_page
def subscribe(request: HttpRequest, frame: Frame, locality: str, street: str, number: str) -> HttpResponse:
    return _place(request, frame, answers.for_address(f"{locality}/{street}/{number}", frame.today))


@resident_page
def zone_subscribe(request: HttpRequest, frame: Frame, code: str) -> HttpResponse:
    return _place(request, frame, answers.for_zone(code, frame.today))


@resident_page
def several_subscribe(request: HttpRequest, frame: Frame) -> HttpResponse:
    found = answers.several(request.GET.getlist(several.PARAMETER), frame.today)
    if not found.answers:
        raise Http404
    return _page(request, frame, offers.of_several(found))


def _place(request: HttpRequest, frame: Frame, answer: Answer | None) -> HttpResponse:
    if answer is None:
        raise Http404
    return _page(request, frame, offers.of_place(answer))


def _page(request: HttpRequest, frame: Frame, offer: Offer) -> HttpResponse:
    asked = form.Form(offer, frame.town, request.GET) if form.is_asked(request.GET) else None
    status = 400 if asked and not asked.is_valid() else 200
    return HttpResponse(page.subscribe(frame, offer, asked), status=status)
