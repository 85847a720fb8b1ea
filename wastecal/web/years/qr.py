"""How does an address on the web look as a QR code?"""

import re
from collections.abc import Callable
from functools import cache, lru_cache

import segno

from wastecal.web import links

Modules = tuple[str, ...]
"""The rows of a code from the top; each is a text of 0 (light) and 1 (dark)."""

ENDING = ".qr.svg"
QUIET = 4
"""The light border that a reader needs, in modules (ISO/IEC 18004)."""

_SAME = re.compile("0+|1+")
_PART = 13
"""So much of a row is drawn at a time: its few thousand ways are remembered. A line goes on over the edge."""
_MASK = 4  # any of the eight can be read; trying all to choose the best takes four times as long


@lru_cache(maxsize=1024)
def modules(text: str) -> Modules:
    """The code without its border; 15 % of it may be dirty or torn ("M")."""
    return rows_of(code(text))


def rows_of(made: segno.QRCode) -> Modules:
    return tuple("".join(map(str, row)) for row in made.matrix)


def code(text: str) -> segno.QRCode:
    return segno.make_qr(text, error="m", mask=_MASK)


def runs(row: str) -> list[tuple[int, int]]:
    """Where the dark modules of a row begin, and how many follow each other."""
    found: list[tuple[int, int]] = []
    at = 0
    for part in row.split("0"):
        if part:
            found.append((at, len(part)))
        at += len(part) + 1
    return found


def svg(rows: Modules) -> bytes:
    """A picture in a file of its own: dark on white, whatever the page's colours are."""
    size = len(rows) + 2 * QUIET
    lines = (f"M{QUIET} {y}.5{_drawn(row)}" for y, row in enumerate(rows, QUIET))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path stroke="#000" d="{"".join(lines)}"/></svg>\n'
    ).encode()


def _drawn(row: str) -> str:
    return "".join([_strokes(row[at : at + _PART]) for at in range(0, len(row), _PART)])


@cache
def _strokes(part: str) -> str:
    """A line where modules are dark, a step over them where they are light."""
    same = _SAME.findall(part)
    return "".join(f"h{len(run)}" if "1" in run else f"m{len(run)} 0" for run in same)


def of_feed(feed: str, made: Callable[[str], Modules] = modules) -> bytes:
    """The picture that a camera reads as the feed to subscribe to; `feed` is its whole address."""
    return svg(made(links.webcal(feed)))


def picture(feed: str) -> str:
    """Where the picture of a feed lies: beside it, with the same query."""
    path, mark, query = feed.partition("?")
    return f"{path}{ENDING}{mark}{query}"
