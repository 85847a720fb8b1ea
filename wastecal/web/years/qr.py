"""How does an address on the web look as a QR code?"""

from functools import lru_cache

import segno

from wastecal.web import links

Modules = tuple[str, ...]
"""The rows of a code from the top; each is a text of 0 (light) and 1 (dark)."""

ENDING = ".qr.svg"
QUIET = 4
"""The light border that a reader needs, in modules (ISO/IEC 18004)."""

_MASK = 4  # any of the eight can be read; trying all to choose the best takes four times as long


@lru_cache(maxsize=1024)
def modules(text: str) -> Modules:
    """The code without its border; 15 % of it may be dirty or torn ("M")."""
    return tuple(
        "".join(map(str, row)) for row in segno.make(text, error="m", micro=False, mask=_MASK).matrix
    )


def runs(row: str) -> list[tuple[int, int]]:
    """Where the dark modules of a row begin, and how many follow each other."""
    found: list[tuple[int, int]] = []
    at = 0
    for part in row.split("0"):
        if part:
            found.append((at, len(part)))
        at += len(part) + 1
    return found


def svg(text: str) -> bytes:
    """A picture in a file of its own: dark on white, whatever the page's colours are."""
    rows = modules(text)
    size = len(rows) + 2 * QUIET
    path = "".join(
        f"M{QUIET + x} {QUIET + y}h{length}v1h-{length}z"
        for y, row in enumerate(rows)
        for x, length in runs(row)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path d="{path}"/></svg>\n'
    ).encode()


def of_feed(feed: str) -> bytes:
    """The picture that a camera reads as the feed to subscribe to; `feed` is its whole address."""
    return svg(links.webcal(feed))


def picture(feed: str) -> str:
    """Where the picture of a feed lies: beside it, with the same query."""
    path, mark, query = feed.partition("?")
    return f"{path}{ENDING}{mark}{query}"
