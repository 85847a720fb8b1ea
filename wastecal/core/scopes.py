"""For whom does a rule, an override or a notice count? Scopes, from everyone to one address."""

import re

EVERYONE = "everyone"

_FORM = re.compile(r"everyone|zone:[^/\s:]+|street:[^/\s:]+/[^/\s:]+|address:[^/\s:]+/[^/\s:]+/[^/\s:]+")
_NARROW = {"everyone": 0, "zone": 1, "street": 2, "address": 3}


def is_valid(scope: str) -> bool:
    return _FORM.fullmatch(scope) is not None


def narrowness(scope: str) -> int:
    """0 for everyone, 1 for a zone, 2 for a street, 3 for one address."""
    return _NARROW[scope.partition(":")[0]]


def zone(code: str) -> str:
    return f"zone:{code}"


def street(slug: str) -> str:
    return f"street:{slug}"


def address(slug: str) -> str:
    return f"address:{slug}"
