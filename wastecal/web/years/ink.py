"""How are a month and its signs drawn on paper, so that they are legible without colour?"""

from collections.abc import Iterator

from wastecal.web import months
from wastecal.web.months import Cell, Mark, MonthGrid, Sign, Week
from wastecal.web.years import pdf
from wastecal.web.years.pdf import Element

MONTH_WIDTH, MONTH_HEIGHT = 170, 131
"""Room for six weeks, in points."""

_BLACK, _GREY, _RED = "0 g 0 G", "0.6 g 0.6 G", "0.72 0.11 0.11 rg"
_WEEKS = 14
"""The column of the week numbers."""
_DAY = (MONTH_WIDTH - _WEEKS) / 7
_HEAD, _ROW = 20, 18.5
_SIGN = 9


def month(x: float, y: float, grid: MonthGrid) -> Element:
    """A month with its upper left corner at `x`, `y`; what it shows is said in words, too."""
    drawn = [pdf.text(x, y + 9, _capital(grid.words), 9.5, bold=True), *_weekdays(x, y + 17, grid)]
    for place, week in enumerate(grid.weeks):
        drawn += _week(x, y + _HEAD + place * _ROW, week)
    return Element("\n".join(drawn), "Figure", _spoken(grid))


def sign(x: float, y: float, size: float, shown: Sign, *, off: bool = False) -> str:
    """A container's sign in a square of `size`; struck out where it stays."""
    ink = _GREY if off else _BLACK
    lid = " ".join(f"{int(shown.box.lid[at : at + 2], 16) / 255:.3g}" for at in (1, 3, 5))
    edge = size / 14
    on = "1 g" if shown.form == "solid" else ink
    parts = [
        f"q {ink} {edge:.3g} w",
        _body(x + edge, y + edge, size - 2 * edge, shown.form),
        f"{lid} rg",
        _lid(x + edge, y + edge, size - 2 * edge, shown.form),
        pdf.centred(x + size / 2, y + size * 0.84, shown.box.sign, size * 0.8, bold=True, ink=on),
        "Q",
    ]
    return "\n".join(parts + [pdf.line(x, y + size, x + size, y, 1)] * off)


def hatched(x: float, y: float, width: float, height: float) -> str:
    """Thin slanting lines that leave legible what is printed over them."""
    starts = range(0, round(width + height), 4)
    drawn = (pdf.line(x + start, y, x + start - height, y + height, 0.4) for start in starts)
    return "\n".join(["q 0.7 G", pdf.box(x, y, width, height, "W n"), *drawn, "Q"])


def framed(x: float, y: float, width: float, height: float) -> str:
    return f"1.2 w {pdf.box(x, y, width, height, 'S')}"


def _body(x: float, y: float, size: float, form: str) -> str:
    half = size / 2
    match form:
        case "round":
            return pdf.circle(x + half, y + half, half, "S")
        case "diamond":
            return pdf.path(_diamond(x, y, size), "S")
        case "hollow":
            return pdf.box(x, y, size, size, "S")
    return pdf.box(x, y, size, size, "B")


def _lid(x: float, y: float, size: float, form: str) -> str:
    if form == "diamond":
        top = x + size / 2
        return pdf.path([(top, y), (top + size / 5, y + size / 5), (top - size / 5, y + size / 5)], "f")
    inset = size / 5 if form == "round" else 0
    return pdf.box(x + inset, y, size - 2 * inset, size / 6, "f")


def _diamond(x: float, y: float, size: float) -> list[tuple[float, float]]:
    half = size / 2
    return [(x + half, y), (x + size, y + half), (x + half, y + size), (x, y + half)]


def _weekdays(x: float, y: float, grid: MonthGrid) -> Iterator[str]:
    for place, weekday in enumerate(grid.weekdays):
        yield pdf.centred(x + _WEEKS + (place + 0.5) * _DAY, y, weekday.short, 6.5, ink="0.3 g")


def _week(x: float, y: float, week: Week) -> Iterator[str]:
    left = x + _WEEKS
    if week.preliminary:
        yield hatched(left, y, 7 * _DAY, _ROW)
    yield f"0.5 G {pdf.line(left, y, left + 7 * _DAY, y, 0.4)} 0 G"
    yield pdf.text(x, y + 8, str(week.number), 6.5, ink="0.3 g")
    for place, cell in enumerate(week.cells):
        if cell:
            yield from _cell(left + place * _DAY, y, cell)


def _cell(x: float, y: float, cell: Cell) -> Iterator[str]:
    ink = _RED if cell.red else "0 g"
    middle = x + _DAY / 2
    yield pdf.centred(middle, y + 8, str(cell.day.day), 8, bold=bool(cell.marks), ink=ink)
    size = min(_SIGN, (_DAY - 1) / max(len(cell.marks), 1))
    left = middle - size * len(cell.marks) / 2
    for place, mark in enumerate(cell.marks):
        yield sign(left + place * size, y + 9, size, months.sign(mark.box), off=mark.off)
    if cell.unsure:
        yield pdf.text(left + size * len(cell.marks) + 0.5, y + 16, "?", 8, bold=True)
    if cell.changed:
        yield framed(x + 0.6, y + 0.6, _DAY - 1.2, _ROW - 1.2)


def _spoken(grid: MonthGrid) -> str:
    cells = (cell for week in grid.weeks for cell in week.cells if cell and cell.marks)
    days = "; ".join(f"{cell.spoken} {', '.join(map(_said, cell.marks))}" for cell in cells)
    return f"{_capital(grid.words)}: {days or '–'}"


def _said(mark: Mark) -> str:
    return f"{mark.box.name.text} ({mark.note})" if mark.note else mark.box.name.text


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
