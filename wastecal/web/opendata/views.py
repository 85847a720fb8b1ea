"""Which open data does the visitor, or a program, get?"""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from wastecal import surface
from wastecal.web.frames import Frame
from wastecal.web.opendata import files, page
from wastecal.web.views import resident_page


@resident_page
def open_data(_request: HttpRequest, frame: Frame) -> HttpResponse:
    return HttpResponse(page.open_data(frame, files.now()))


@surface.open_to_all
def data_file(request: HttpRequest, name: str) -> HttpResponseBase:
    if name not in files.NAMES:
        raise Http404
    return _file(request, name)


@surface.open_to_all
def data_archive(request: HttpRequest) -> HttpResponseBase:
    return _file(request, files.ARCHIVE)


def _file(request: HttpRequest, name: str) -> HttpResponseBase:
    file = files.now().get(name)
    if file is None:
        raise Http404
    return surface.conditional(
        request, file.tag, file.changed, lambda: HttpResponse(file.content, content_type=file.kind)
    )
