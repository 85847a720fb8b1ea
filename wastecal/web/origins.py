"""Was this form on a page of ours, as far as the browser says? Programs say nothing."""

from urllib.parse import urlsplit

from django.http import HttpRequest


def is_from_here(request: HttpRequest) -> bool:
    sent_by = request.headers.get("Sec-Fetch-Site")
    if sent_by is not None:
        return sent_by in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.get_host()
