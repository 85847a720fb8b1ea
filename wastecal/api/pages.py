"""Which rows come on this page, and where does the next one begin? The same on every machine.

A cursor holds the sort key of the last row that was shown, made of the data alone: neither a row
number nor a place in a list. So it goes on at the right row after an Edit, and after a rebuild on
another database.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NoBase64
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext as _

from wastecal.api import parameters, problems

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows, and the cursor of the page after them; "" where it is the last."""

    rows: Sequence[Any]
    cursor: str = ""


def of(
    rows: Iterable[R], key: Callable[[R], tuple[Any, ...]], after: tuple[Any, ...] | None, size: int
) -> tuple[list[R], bool]:
    """The first `size` rows whose key comes after `after`, in the order of the key; whether more follow."""
    ordered = sorted(rows, key=key)
    left = ordered if after is None else [row for row in ordered if key(row) > after]
    return left[:size], len(left) > size


def write(parts: Sequence[str]) -> str:
    """A cursor of some texts."""
    text = json.dumps(list(parts), ensure_ascii=False, separators=(",", ":"))
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read(request: HttpRequest, size: int) -> tuple[str, ...] | None:
    """The texts of the cursor that was sent; None for the first page."""
    text = parameters.said(request, "cursor")
    if text is None:
        return None
    if not parameters.is_cursor(text):
        raise problems.malformed("cursor", _("cursor is taken from `next` of the page before."))
    try:
        parts = json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (NoBase64, ValueError, RecursionError):
        parts = None
    if not isinstance(parts, list) or len(parts) != size or not all(isinstance(p, str) for p in parts):
        raise problems.unanswerable("cursor", _("cursor is taken from `next` of the page before."))
    return tuple(parts)


def link(request: HttpRequest, site: str, cursor: str) -> str | None:
    """The address of the page after this one; None after the last."""
    if not cursor:
        return None
    said = {name: value for name, value in request.GET.items() if name != "cursor"}
    return f"{site}{request.path}?{urlencode({**said, 'cursor': cursor})}"
