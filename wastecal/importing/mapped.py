"""What is in a file from outside whose columns a map explains? CSV or Excel, to rows of our fields."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from wastecal.core.errors import Problem
from wastecal.importing import maps, sheets
from wastecal.importing.files import Unreadable, csv_cells, text_lines, ticking
from wastecal.importing.maps import ColumnMap, Source

Cells = Iterator[tuple[int, list[str]]]

_WESTERN = "cp1252"
_DELIMITERS = ",;\t"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SHEET_ERROR = re.compile(r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!)")
# What å, ä and ö of other encodings turn into when they are read as Western European.
_MISREAD = re.compile("[€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘“”•˜™š›œžŸ]")


@dataclass(frozen=True, slots=True)
class Opened:
    """A file and its header; `problems` grow as its rows are read.

    `is_western` tells that the file's encoding was no more than a guess.
    """

    name: str
    columns: ColumnMap
    header: list[str]
    cells: Cells
    is_western: bool
    problems: list[Problem] = field(default_factory=list)

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """(line number, values by our fields) of each row that can be read."""
        for number, row in self.cells:
            if not any(cell.strip() for cell in row):
                continue
            by_column = dict(zip(self.header, map(str.strip, row), strict=False))
            faults = list(self._faults(row, by_column))
            self.problems.extend(
                Problem(code, self.name, number, column, value) for code, column, value in faults
            )
            if not faults:
                yield number, self.columns.values(by_column)

    def _faults(self, row: list[str], cells: dict[str, str]) -> Iterator[tuple[str, str, str]]:
        if len(row) < len(self.header) or any(row[len(self.header) :]):
            yield "row_length", "", str(len(row))
            return
        for column in self.columns.columns:
            if code := fault(cells[column]):
                yield code, column, cells[column]
            elif self.is_western and _MISREAD.search(cells[column]):
                yield "encoding", column, cells[column]
        for column in self.columns.fields.get("number", Source()).columns:
            if _DAY.fullmatch(cells[column]):
                yield "number_is_date", column, cells[column]


def opened(path: Path, columns: ColumnMap, tick: Callable[[], None] = lambda: None) -> Opened:
    """The file with its header read, and what is wrong with that; `tick` is called for each row.

    Raises Unreadable for a file that cannot be read at all.
    """
    cells, is_western = _opened(path, columns)
    _, header = next(cells, (1, []))
    names = [maps.column(name) for name in header]
    problems = [replace(fault, file=path.name) for fault in _header_problems(header, names, columns)]
    return Opened(path.name, columns, names, ticking(cells, tick), is_western, problems)


def _opened(path: Path, columns: ColumnMap) -> tuple[Cells, bool]:
    """The cells of the file, and whether its encoding was taken for Western European."""
    if sheets.is_sheet(path):
        return _padded(sheets.cells(path)), False
    return text_cells(path, columns)


def text_cells(path: Path, columns: ColumnMap) -> tuple[Cells, bool]:
    """The cells of a text file, whatever its encoding and its delimiter, and whether the encoding was
    taken for Western European."""
    encoding = _encoding(path)
    return csv_cells(path, encoding, _delimiter(path, encoding, columns)), encoding == _WESTERN


def _padded(cells: Cells) -> Cells:
    """Rows of a sheet end with their last full cell; those of a file must not."""
    width = 0
    for number, row in cells:
        width = width or len(row)
        yield number, row + [""] * (width - len(row))


def _encoding(path: Path) -> str:
    """UTF-8 where the first line that is not plain ASCII is that, else Western European."""
    with path.open("rb") as file:
        if file.read(3) == b"\xef\xbb\xbf":
            return "utf-8"
    for line in text_lines(path, "latin-1"):
        if not line.isascii():
            return "utf-8" if _is_utf_8(line.encode("latin-1")) else _WESTERN
    return "utf-8"


def _is_utf_8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _delimiter(path: Path, encoding: str, columns: ColumnMap) -> str:
    """The one that gives the header the most columns that we know; else the most columns."""
    line = next(text_lines(path, encoding), "")
    if not line.strip():
        raise Unreadable(Problem("file_empty", path.name))

    def fit(delimiter: str) -> tuple[int, int]:
        names = [maps.column(name.strip(' "')) for name in line.strip().split(delimiter)]
        return len(set(names) & set(columns.columns)), len(names)

    return max(_DELIMITERS, key=fit)


def _header_problems(header: list[str], names: list[str], columns: ColumnMap) -> Iterator[Problem]:
    for name in columns.columns:
        if name not in names:
            yield Problem("column_missing", "", 1, name)
    for shown, name in zip(header, names, strict=True):
        if not columns.is_known(name):
            yield Problem("column_unknown", "", 1, shown.strip())
    for name, count in Counter(names).items():
        if count > 1 and name in columns.columns:
            yield Problem("column_twice", "", 1, name)


def fault(cell: str) -> str:
    """The code of what a spreadsheet left in a cell, a formula or an error; "" for neither."""
    if cell.startswith("="):
        return "formula"
    return "sheet_error" if _SHEET_ERROR.fullmatch(cell) else ""
