"""What may stand in the query of a question, how is it read, and how does the description tell it?"""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, OpenApiParameter

from wastecal.api import problems

LONGEST_QUERY = 200
MOST = 100
"""How many rows one page holds at most."""
USUAL = 50
LONGEST_WAIT = 30
"""Seconds for which a question may wait for an answer that is new."""
HIGHEST = 2_147_483_647
"""The highest number that an Edit can have."""

_DAY = r"^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
_CURSOR = "^[A-Za-z0-9_-]{1,2000}$"
_LANGUAGE = r"^[a-z]{2,3}(-[a-z]{2,8})?$"
_WHOLE = re.compile(r"0|[1-9][0-9]{0,9}")


def _told(name: str, schema: dict[str, Any], example: Any, meaning: str) -> OpenApiParameter:
    shown = OpenApiExample(name, value=example)
    return OpenApiParameter(name, schema, OpenApiParameter.QUERY, description=meaning, examples=[shown])


LANG = _told(
    "lang",
    {"type": "string", "pattern": _LANGUAGE},
    "en",
    "The language of names, reasons and problems: one of the municipality's, of which the first is "
    "the default. `Accept-Language` is not read: one address, one answer.",
)
QUERY = _told(
    "q",
    {"type": "string", "maxLength": LONGEST_QUERY},
    "Storgatan 1",
    "An address as a person types it, whole or only begun: case, accents, abbreviations and a typo or "
    "two are forgiven. Left out: all addresses, page by page.",
)
FROM = _told(
    "from",
    {"type": "string", "pattern": _DAY},
    "2026-11-01",
    "The first day that is asked about, as YYYY-MM-DD in the municipality's time zone.",
)
TO = _told(
    "to",
    {"type": "string", "pattern": _DAY},
    "2027-11-01",
    "The day after the last one that is asked about, as YYYY-MM-DD; at most five years after `from`.",
)
LIMIT = _told(
    "limit",
    {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL},
    20,
    "How many rows a page holds.",
)
CURSOR = _told(
    "cursor",
    {"type": "string", "pattern": _CURSOR},
    "WyI0Mi4xIl0",
    "Where the page begins: taken from `next` of the page before, which has it in place.",
)
AFTER = _told(
    "after",
    {"type": "integer", "minimum": 0, "maximum": HIGHEST, "default": 0},
    41,
    "The number of the newest Edit that you know; Edits with higher numbers are told.",
)
WAIT = _told(
    "wait",
    {"type": "integer", "minimum": 0, "maximum": LONGEST_WAIT, "default": 0},
    30,
    "Seconds to wait where there is nothing new yet. Only few may wait at a time; the header "
    "`Preference-Applied` says whether you did.",
)


def said(request: HttpRequest, name: str) -> str | None:
    """The one value of a parameter; None where it is not there."""
    values = request.GET.getlist(name)
    if len(values) > 1:
        raise problems.malformed(name, _("%(name)s is said more than once.") % {"name": name})
    return values[0] if values else None


def is_cursor(text: str) -> bool:
    return re.fullmatch(_CURSOR, text) is not None


def query(request: HttpRequest) -> str:
    """What was typed, without what cannot be typed; "" for nothing."""
    text = said(request, "q") or ""
    if len(text) > LONGEST_QUERY:
        words = {"most": LONGEST_QUERY}
        raise problems.malformed("q", _("q holds %(most)d characters at most.") % words)
    return "".join(letter if letter.isprintable() else " " for letter in text).strip()


def number(request: HttpRequest, name: str, usual: int, within: tuple[int, int]) -> int:
    text = said(request, name)
    if text is None:
        return usual
    least, most = within
    if not _WHOLE.fullmatch(text) or not least <= int(text) <= most:
        words = {"name": name, "least": least, "most": most}
        raise problems.malformed(name, _("%(name)s is a whole number from %(least)d to %(most)d.") % words)
    return int(text)


def limit(request: HttpRequest) -> int:
    return number(request, "limit", USUAL, (1, MOST))


def day(request: HttpRequest, name: str) -> date | None:
    text = said(request, name)
    if text is None:
        return None
    if not re.fullmatch(_DAY, text):
        raise problems.malformed(
            name, _("%(name)s is a day of this century, such as 2026-11-24.") % {"name": name}
        )
    try:
        return date.fromisoformat(text)
    except ValueError:
        words = {"name": name, "day": text}
        raise problems.unanswerable(name, _("%(name)s: there is no day %(day)s.") % words) from None


def language(request: HttpRequest, offered: Iterable[str]) -> str | None:
    """The language that is asked for; None where none is."""
    code, known = said(request, "lang"), list(offered)
    if code is None or code in known:
        return code
    words = {"languages": ", ".join(known)}
    wrong = problems.unanswerable if re.fullmatch(_LANGUAGE, code) else problems.malformed
    raise wrong("lang", _("lang is one of: %(languages)s.") % words)
