"""Which page tells programmers about the API?"""

from django.http import HttpRequest, HttpResponse

from wastecal.web.describing import page
from wastecal.web.frames import Frame
from wastecal.web.views import resident_page


@resident_page
def api_docs(_request: HttpRequest, frame: Frame) -> HttpResponse:
    return HttpResponse(page.api_docs(frame))
