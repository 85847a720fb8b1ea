"""How is one tagged A4 written as a PDF, from layers of which some are shared by many files?

ISO 32000-1. A page may have several content streams (7.8.2), which are drawn one after the other: so
what is alike for a thousand files is drawn and packed once. No date, no chance, no number of its own:
equal layers give equal bytes.
"""

import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain

from wastecal.web.years import glyphs

WIDTH, HEIGHT = 595, 842
"""An A4 in points."""

_PLAIN = re.compile("[ -~¡-¬®-ÿ]*")
"""Letters that PDFDocEncoding has where Latin-1 has them (annex D.2)."""
_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_CATALOG, _PAGES, _PAGE, _TREE, _DOCUMENT, _PARENTS, _INFO, _REGULAR, _BOLD, _FREE = range(1, 11)


@dataclass(frozen=True, slots=True)
class Element:
    """A part of the page: how it is drawn, what it is (H1, P, Figure, …), and what is read in its place.

    Without a tag it is decoration, which a screen reader passes over.
    """

    drawing: str
    tag: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Layer:
    """Elements, drawn and packed; `first` is the number of its first tagged element on the page."""

    stream: bytes
    tagged: tuple[tuple[str, str], ...]
    first: int

    @property
    def next(self) -> int:
        return self.first + len(self.tagged)


def layer(elements: Iterable[Element], first: int = 0) -> Layer:
    tagged: list[tuple[str, str]] = []
    drawn: list[str] = []
    for element in elements:
        if element.tag:
            drawn.append(f"/{element.tag} <</MCID {first + len(tagged)}>> BDC\n{element.drawing}\nEMC\n")
            tagged.append((element.tag, element.alt))
        else:
            drawn.append(f"/Artifact BMC\n{element.drawing}\nEMC\n")
    return Layer(zlib.compress("".join(drawn).encode("latin-1"), 9), tuple(tagged), first)


def file(title: str, lang: str, layers: Sequence[Layer]) -> bytes:
    """The whole file: the layers, one over the other, on one page."""
    tagged = tuple(chain.from_iterable(layer.tagged for layer in layers))
    streams = range(_FREE, _FREE + len(layers))
    elements = range(_FREE + len(layers), _FREE + len(layers) + len(tagged))
    objects = [
        *_frame(title, lang, streams, elements),
        *(_stream(layer.stream) for layer in layers),
        *(_element(number, tag, alt) for number, (tag, alt) in enumerate(tagged)),
    ]
    return _joined([b"%d 0 obj\n%b\nendobj\n" % pair for pair in enumerate(objects, 1)])


def _frame(title: str, lang: str, streams: range, elements: range) -> Iterator[bytes]:
    """The objects that every file has, in the order of their numbers above."""
    fonts = f"/F0 {_REGULAR} 0 R/F1 {_BOLD} 0 R"
    yield from (
        text.encode("latin-1")
        for text in (
            f"<</Type/Catalog/Pages {_PAGES} 0 R/Lang{_words(lang)}/MarkInfo<</Marked true>>"
            f"/StructTreeRoot {_TREE} 0 R/ViewerPreferences<</DisplayDocTitle true>>>>",
            f"<</Type/Pages/Kids[{_PAGE} 0 R]/Count 1>>",
            f"<</Type/Page/Parent {_PAGES} 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Resources<</Font<<{fonts}>>>>"
            f"/Contents[{_references(streams)}]/StructParents 0/Tabs/S>>",
            f"<</Type/StructTreeRoot/K {_DOCUMENT} 0 R/ParentTree {_PARENTS} 0 R>>",
            f"<</Type/StructElem/S/Document/P {_TREE} 0 R/K[{_references(elements)}]>>",
            f"<</Nums[0[{_references(elements)}]]>>",
            f"<</Title{_words(title)}>>",
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>",
        )
    )


def _stream(packed: bytes) -> bytes:
    return b"<</Length %d/Filter/FlateDecode>>\nstream\n%b\nendstream" % (len(packed), packed)


@lru_cache(maxsize=4096)
def _element(number: int, tag: str, alt: str) -> bytes:
    said = f"/Alt{_words(alt)}" if alt else ""
    return f"<</Type/StructElem/S/{tag}/P {_DOCUMENT} 0 R/Pg {_PAGE} 0 R/K {number}{said}>>".encode("latin-1")


def _references(numbers: Iterable[int]) -> str:
    return " ".join(f"{number} 0 R" for number in numbers)


def _words(text: str) -> str:
    """A text string (7.9.2.2): as it stands where Latin-1 has its letters, else in UTF-16."""
    if _PLAIN.fullmatch(text):
        return "(" + re.sub(r"([()\\])", r"\\\1", text) + ")"
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


def _joined(objects: Sequence[bytes]) -> bytes:
    """The objects after the header, then where each begins (7.5.4)."""
    *begins, end = accumulate(map(len, objects), initial=len(_HEADER))
    count = len(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n" % count
    table += b"".join(b"%010d 00000 n \n" % begin for begin in begins)
    trailer = b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R>>\n" % (count, _CATALOG, _INFO)
    return b"%b%b%b%bstartxref\n%d\n%%%%EOF\n" % (_HEADER, b"".join(objects), table, trailer, end)


def text(x: float, y: float, words: str, size: float, *, bold: bool = False, ink: str = "0 g") -> str:
    """A line of text from `x`, its baseline `y` below the page's top edge."""
    letters = glyphs.encoded(words).hex().upper()
    return f"{ink} BT /F{int(bold)} {size:g} Tf {_at(x, y)} Td <{letters}> Tj ET"


def centred(x: float, y: float, words: str, size: float, *, bold: bool = False, ink: str = "0 g") -> str:
    """A line of text with its middle at `x`."""
    return text(x - glyphs.width(words, size, bold=bold) / 2, y, words, size, bold=bold, ink=ink)


def line(x: float, y: float, to_x: float, to_y: float, width: float = 0.5) -> str:
    return f"{width:g} w {_at(x, y)} m {_at(to_x, to_y)} l S"


def path(points: Sequence[tuple[float, float]], paint: str) -> str:
    """A closed shape: `f` fills it, `S` draws its edge, `B` both, `W n` cuts what follows."""
    start, *others = (_at(x, y) for x, y in points)
    return " ".join([f"{start} m", *(f"{point} l" for point in others), f"h {paint}"])


def box(x: float, y: float, width: float, height: float, paint: str = "f") -> str:
    """A rectangle with its upper left corner at `x`, `y`."""
    return f"{_at(x, y + height)} {width:g} {height:g} re {paint}"


def scaled(x: float, y: float, size: float, drawing: str) -> str:
    """A drawing in units of `size` from `x`, `y` on, whose own y runs downwards."""
    return f"q 0 g {size:.5g} 0 0 {-size:.5g} {_at(x, y)} cm {drawing} Q"


def circle(x: float, y: float, radius: float, paint: str) -> str:
    """Four curves that are a circle to the eye."""
    k = radius * 0.5523
    curves = (
        (radius, k, k, radius, 0, radius),
        (-k, radius, -radius, k, -radius, 0),
        (-radius, -k, -k, -radius, 0, -radius),
        (k, -radius, radius, -k, radius, 0),
    )
    drawn = (" ".join(_at(x + dx, y + dy) for dx, dy in zip(c[::2], c[1::2], strict=True)) for c in curves)
    return f"{_at(x + radius, y)} m " + " ".join(f"{curve} c" for curve in drawn) + f" h {paint}"


def _at(x: float, y: float) -> str:
    return f"{round(x, 2):g} {round(HEIGHT - y, 2):g}"
