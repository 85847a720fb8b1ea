"""How does an address on the web look as a QR code?"""

from functools import lru_cache

import segno
from django.utils.safestring import SafeString, mark_safe

Modules = tuple[str, ...]
"""The rows of a code from the top; each is a text of 0 (light) and 1 (dark)."""

QUIET = 4
"""The light border that a reader needs, in modules (ISO/IEC 18004)."""


@lru_cache(maxsize=1024)
def modules(text: str) -> Modules:
    """The code without its border; 15 % of it may be dirty or torn ("M")."""
    return tuple("".join(map(str, row)) for row in segno.make(text, error="m", micro=False).matrix)


def runs(row: str) -> list[tuple[int, int]]:
    """Where the dark modules of a row begin, and how many follow each other."""
    found: list[tuple[int, int]] = []
    at = 0
    for part in row.split("0"):
        if part:
            found.append((at, len(part)))
        at += len(part) + 1
    return found


def svg(text: str) -> SafeString:
    """A drawing without words: the text stands beside it. Dark on light in any colours of the page."""
    rows = modules(text)
    size = len(rows) + 2 * QUIET
    path = "".join(
        f"M{QUIET + x} {QUIET + y}h{length}v1h-{length}z"
        for y, row in enumerate(rows)
        for x, length in runs(row)
    )
    return mark_safe(
        f'<svg class="qr" viewBox="0 0 {size} {size}" aria-hidden="true" focusable="false"'
        f' shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{size}v{size}H0z"/><path d="{path}"/></svg>'
    )
