"""Who is asking, and over https or not, when a proxy stands in front of us?"""

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse

_FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST")


class TrustedProxyMiddleware:
    """Believes X-Forwarded-* from TRUSTED_PROXIES and deletes it from everyone else.

    Must come first: whatever follows may read the headers without asking who sent them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.TRUSTED_PROXIES:
            raise MiddlewareNotUsed  # then SECURE_PROXY_SSL_HEADER is not set either: nobody looks
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _is_trusted(request.META.get("REMOTE_ADDR", "")):
            request.META["REMOTE_ADDR"] = _client(request)
        else:
            for name in _FORWARDED:
                request.META.pop(name, None)
        return self.get_response(request)


def _is_trusted(address: str) -> bool:
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    return any(ip in network for network in settings.TRUSTED_PROXIES)


def _client(request: HttpRequest) -> str:
    """The last address in the chain that is not one of our proxies: those before it can be forged."""
    chain = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    outside = [hop for hop in chain if not _is_trusted(hop)]
    return outside[-1] if outside else str(request.META["REMOTE_ADDR"])
