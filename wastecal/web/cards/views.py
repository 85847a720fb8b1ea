"""Which card is asked for? Other sites may frame it, as they may no other page of ours."""

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.clickjacking import xframe_options_exempt

from wastecal import answers
from wastecal.core.answer import Answer
from wastecal.web.cards import page
from wastecal.web.frames import Frame
from wastecal.web.views import View, resident_page


def framed_anywhere(view: View) -> View:
    """Nothing on the card can be done or betrayed by a click, so it may lie in any page."""
    return xframe_options_exempt(csp_replace({"frame-ancestors": ["*"]})(view))


@framed_anywhere
@resident_page
def card(_request: HttpRequest, frame: Frame, locality: str, street: str, number: str) -> HttpResponse:
    return _card(frame, answers.for_address(f"{locality}/{street}/{number}", frame.today))


@framed_anywhere
@resident_page
def zone_card(_request: HttpRequest, frame: Frame, code: str) -> HttpResponse:
    return _card(frame, answers.for_zone(code, frame.today))


def _card(frame: Frame, answer: Answer | None) -> HttpResponse:
    if answer is None:
        raise Http404
    return HttpResponse(page.card(frame, answer))
