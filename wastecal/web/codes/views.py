"""Which picture does the visitor get? The address of a feed, as a QR code."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.encoding import escape_uri_path

from wastecal import answers
from wastecal.web.frames import Frame
from wastecal.web.views import resident_page
from wastecal.web.years import qr

_SVG = "image/svg+xml"


@resident_page
def address(request: HttpRequest, frame: Frame, locality: str, street: str, number: str) -> HttpResponse:
    if answers.for_address(f"{locality}/{street}/{number}", frame.today) is None:
        raise Http404
    return _picture(request, frame)


@resident_page
def zone(request: HttpRequest, frame: Frame, code: str) -> HttpResponse:
    if answers.for_zone(code, frame.today) is None:
        raise Http404
    return _picture(request, frame)


@resident_page
def several(request: HttpRequest, frame: Frame) -> HttpResponse:
    if not request.META["QUERY_STRING"]:
        raise Http404  # a feed of no address
    return _picture(request, frame)


def _picture(request: HttpRequest, frame: Frame) -> HttpResponse:
    path = escape_uri_path(request.path).removesuffix(qr.ENDING)
    query = request.META["QUERY_STRING"]
    feed = f"{frame.site}{path}?{query}" if query else f"{frame.site}{path}"
    return HttpResponse(qr.of_feed(feed), content_type=_SVG)
