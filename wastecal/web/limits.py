"""Has somebody sent too many forms today? Counted without noting who it was.

A caller is known only by a keyed hash of the address that the request came from. Key and counts live
in memory and are thrown away when the day is over; each process of the server counts for itself.
"""

import hmac
import secrets
from collections import Counter
from datetime import date
from ipaddress import IPv4Address, ip_address, ip_network
from threading import Lock


class Limits:
    def __init__(self, each: int, together: int) -> None:
        self.each = each
        self.together = together
        self._day = date.min
        self._salt = b""
        self._counts: Counter[bytes] = Counter()
        self._lock = Lock()

    def admit(self, address: str, day: date) -> bool:
        """Whether one more may come from this address on this day; if so it is counted."""
        with self._lock:
            self._begin(day)
            caller = self._name(address)
            if self._counts[caller] >= self.each or self._counts.total() >= self.together:
                return False
            self._counts[caller] += 1
            return True

    def _begin(self, day: date) -> None:
        if day != self._day:
            self._day, self._salt = day, secrets.token_bytes(32)
            self._counts.clear()

    def _name(self, address: str) -> bytes:
        return hmac.digest(self._salt, _subscriber(address).encode(), "sha256")


def _subscriber(address: str) -> str:
    """What one household has: an IPv4 address, or the first half of an IPv6 address."""
    try:
        ip = ip_address(address)
    except ValueError:
        return ""  # no address at all, as over a Unix socket: all of these count as one
    if isinstance(ip, IPv4Address):
        return str(ip)
    return str(ip.ipv4_mapped or ip_network((ip, 64), strict=False))
