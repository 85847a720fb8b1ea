"""What can be asked at all, for programs to read? And what if somebody asks for something else?"""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponsePermanentRedirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from wastecal import surface
from wastecal.api import problems, schema
from wastecal.api.views import reading

_FOLDERS = ("schema", "docs")


def _schema(request: HttpRequest) -> HttpResponseBase:
    response = surface.conditional(request, surface.etag("schema"), None, _document)
    response.headers["Cache-Control"] = f"public, max-age={reading.KEPT}"
    return response


def _document() -> HttpResponse:
    return HttpResponse(schema.rendered(), content_type=schema.TYPE)


@csrf_exempt
def nothing(request: HttpRequest, path: str) -> HttpResponseBase:
    """A problem for whatever is not in this API; the way for whoever left out a last slash."""
    if request.method in ("GET", "HEAD") and path in _FOLDERS:
        return HttpResponsePermanentRedirect(f"{request.path}/")
    missing = problems.of(Http404(), None)
    assert missing is not None
    return missing


schema_view = reading.open_to_scripts(require_safe(_schema))
nothing_here = reading.open_to_scripts(nothing)
