"""Which page about the service itself does the visitor get?"""

from django.http import HttpRequest, HttpResponse

from wastecal import answers
from wastecal.web.frames import Frame
from wastecal.web.trust import page
from wastecal.web.views import resident_page


@resident_page
def about(_request: HttpRequest, frame: Frame) -> HttpResponse:
    known = answers.known()
    updated = known.register.times.get(known.register.edit) if known else None
    return HttpResponse(page.about(frame, answers.zones(), updated))


@resident_page
def accessibility(_request: HttpRequest, frame: Frame) -> HttpResponse:
    return HttpResponse(page.accessibility(frame))


@resident_page
def privacy(_request: HttpRequest, frame: Frame) -> HttpResponse:
    return HttpResponse(page.privacy(frame))
