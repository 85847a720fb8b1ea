"""Which pages are sent compressed? Those that are the same for everybody."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import has_vary_header


class PublicGZipMiddleware(GZipMiddleware):
    """Leaves alone what looked at a cookie: it may hold a secret, which BREACH would guess from lengths.

    Whoever reads a session or makes a token says so in Vary; so no list of pages is needed.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if has_vary_header(response, "Cookie"):
            return response
        return super().process_response(request, response)
