"""Which page does a visitor get who asks for several addresses?"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from wastecal import answers
from wastecal.core.several import PARAMETER
from wastecal.search import Kind
from wastecal.web.frames import Frame
from wastecal.web.several import page
from wastecal.web.views import cleaned, resident_page


@resident_page
def several(request: HttpRequest, frame: Frame) -> HttpResponse:
    asked = request.GET.getlist(PARAMETER)
    typed = cleaned(request.GET.get("q", ""))
    hits = answers.find(typed) if typed else None
    if hits and hits.kind is Kind.ONE:
        return HttpResponseRedirect(page.url([*asked, hits.addresses[0].slug]))
    found = answers.several(asked, frame.today)
    return HttpResponse(page.page(frame, found, typed, hits), status=400 if found.over else 200)
