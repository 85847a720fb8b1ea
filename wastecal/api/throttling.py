"""Has this caller asked very often lately? A courtesy that says so; the limit that holds is the proxy's.

A caller is known only by a keyed hash of the address that the request came from. Key and counts live
in memory and are thrown away each minute; each process of the server counts for itself.
"""

import hmac
import secrets
from collections import Counter
from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from rest_framework.exceptions import Throttled
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from wastecal import surface

WINDOW = 60
"""Seconds for which is counted."""
LIMIT = 600
"""Questions that one caller may ask in that time."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a caller has left in this window, and the seconds until the next one begins."""

    limit: int
    left: int
    seconds: int

    @property
    def over(self) -> bool:
        return self.left < 0


class Counts:
    """How often each caller asked in the window of now."""

    def __init__(self) -> None:
        self._window = -1
        self._salt = b""
        self._counts: Counter[bytes] = Counter()
        self._lock = Lock()

    def count(self, address: str, now: float, limit: int) -> Standing:
        window, gone = divmod(int(now), WINDOW)
        with self._lock:
            if window != self._window:
                self._window, self._salt = window, secrets.token_bytes(32)
                self._counts.clear()
            caller = hmac.digest(self._salt, address.encode(), "sha256")
            self._counts[caller] += 1
            return Standing(limit, limit - self._counts[caller], WINDOW - gone)


COUNTS = Counts()


class Courtesy(BaseThrottle):
    """Lets LIMIT questions through each minute, and tells what is left of them."""

    def allow_request(self, request: Request, view: Any) -> bool:
        # Not the header X-Forwarded-For: TrustedProxyMiddleware has put whom it believes here.
        standing = COUNTS.count(request.META.get("REMOTE_ADDR", ""), surface.seconds(), LIMIT)
        request._request.META["wastecal.standing"] = standing
        if standing.over:
            raise Throttled(wait=standing.seconds, detail=_sentence(standing))
        return True


def tell(response: HttpResponseBase, standing: Standing | None) -> None:
    """How much is left, as the IETF's draft on rate limits has it."""
    if standing is not None:
        response.headers["RateLimit-Policy"] = f'"reading";q={standing.limit};w={WINDOW}'
        response.headers["RateLimit"] = f'"reading";r={max(standing.left, 0)};t={standing.seconds}'


def _sentence(standing: Standing) -> str:
    return _(
        "More than %(limit)d questions in a minute came from your address. "
        "Ask again in %(seconds)d seconds; ask with If-None-Match and keep what you got."
    ) % {"limit": standing.limit, "seconds": standing.seconds}
