"""Which addresses are in a municipality's own file? CSV or Excel, through a column map."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from pathlib import Path

from wastecal.core import addresses, slugs, tables
from wastecal.core.directory import ADDRESSES
from wastecal.core.errors import Problem
from wastecal.core.rows import Address
from wastecal.core.tables import Line
from wastecal.importing import maps, plan, sheets
from wastecal.importing.files import Unreadable, csv_cells, text_lines, ticking
from wastecal.importing.maps import FIELDS, ColumnMap, Source
from wastecal.importing.plan import Plan
from wastecal.models import Address as AddressRow
from wastecal.models import Edit

Cells = Iterator[tuple[int, list[str]]]

_WESTERN = "cp1252"
_DELIMITERS = ",;\t"
_KEPT = ("postcode", "kind", "zone", "lat", "lon")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SHEET_ERROR = re.compile(r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!)")
# What å, ä and ö of other encodings turn into when they are read as Western European.
_MISREAD = re.compile("[€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘“”•˜™š›œžŸ]")


def read(
    path: Path, columns: ColumnMap, zones: Collection[str], tick: Callable[[], None] = lambda: None
) -> tuple[list[Line], list[Problem]]:
    """The addresses in a municipal file, and every problem; `zones` are the codes there are.

    `tick` is called for each row. Raises Unreadable for a file that cannot be read at all.
    """
    cells, is_western = _opened(path, columns)
    _, header = next(cells, (1, []))
    names = [maps.column(name) for name in header]
    problems = list(_header_problems(header, names, columns))
    if problems:
        return [], _of_file(path, problems)
    reader = _Reader(columns, names, problems, is_western)
    mapped = chain([(1, list(FIELDS))], reader.rows(ticking(cells, tick)))
    lines, faults = tables.read(ADDRESSES, mapped, ())
    problems += [replace(fault, column=columns.name_of(fault.column)) for fault in faults]
    problems += _row_problems(lines, columns, zones)
    return lines, sorted(_of_file(path, problems), key=lambda problem: problem.line)


def planned(lines: Iterable[Line], columns: ColumnMap, *, remove: bool) -> Plan:
    """What the import would change; what the file does not carry stays as it is."""
    known = list(AddressRow.values_of(AddressRow.objects.order_by("pk")))
    live = {row.slug: row for row in known if row.ended_edit is None}
    lacking = [field for field in _KEPT if field not in columns.fields]
    rows = slugs.settle((line.row for line in lines), known)
    return plan.of_addresses((_kept(row, live.get(row.slug), lacking) for row in rows), remove=remove)


def apply(
    lines: Iterable[Line], columns: ColumnMap, summary: str, at: datetime, *, remove: bool
) -> tuple[Plan, Edit | None]:
    """Make the addresses those of the file: the plan that was carried out, as one Edit or none."""
    return plan.carry_out(lambda: planned(lines, columns, remove=remove), summary, at)


def name(row: Address) -> tuple[str, ...]:
    """What an address is called: by this a row of the plan is found in the file again."""
    return row.locality, row.street, row.number, row.letter, row.postcode


def _kept(row: Address, old: Address | None, fields: Iterable[str]) -> Address:
    return replace(row, **{field: getattr(old, field) for field in fields}) if old else row


@dataclass(frozen=True, slots=True)
class _Reader:
    """Rows of a file to rows of our fields; what cannot be read goes to `problems`.

    `is_western` tells that the file's encoding was no more than a guess.
    """

    columns: ColumnMap
    header: list[str]
    problems: list[Problem]
    is_western: bool

    def rows(self, cells: Cells) -> Cells:
        for number, row in cells:
            if not any(cell.strip() for cell in row):
                continue
            by_column = dict(zip(self.header, map(str.strip, row), strict=False))
            faults = list(self._faults(row, by_column))
            self.problems.extend(Problem(code, "", number, column, value) for code, column, value in faults)
            if not faults:
                yield number, list(_tidy(self.columns.values(by_column)).values())

    def _faults(self, row: list[str], cells: dict[str, str]) -> Iterator[tuple[str, str, str]]:
        if len(row) < len(self.header) or any(row[len(self.header) :]):
            yield "row_length", "", str(len(row))
            return
        for column in self.columns.columns:
            if code := _fault(cells[column]):
                yield code, column, cells[column]
            elif self.is_western and _MISREAD.search(cells[column]):
                yield "encoding", column, cells[column]
        for column in self.columns.fields.get("number", Source()).columns:
            if _DAY.fullmatch(cells[column]):
                yield "number_is_date", column, cells[column]


def _opened(path: Path, columns: ColumnMap) -> tuple[Cells, bool]:
    """The cells of the file, and whether its encoding was taken for Western European."""
    if sheets.is_sheet(path):
        return _padded(sheets.cells(path)), False
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


def _fault(cell: str) -> str:
    if cell.startswith("="):
        return "formula"
    return "sheet_error" if _SHEET_ERROR.fullmatch(cell) else ""


def _tidy(values: dict[str, str]) -> dict[str, str]:
    """The values as we write them: `236 61` as 23661, `12 b` as 12 and B, 55,47 as 55.47."""
    split = addresses.split_number(values["number"] + values["letter"])
    number, letter = split or (values["number"], values["letter"].upper())
    digits = re.sub(r"\s", "", values["postcode"])
    return {
        **values,
        "number": number,
        "letter": letter,
        "postcode": digits if digits.isdecimal() else values["postcode"],
        "kind": values["kind"].lower(),
        "lat": values["lat"].replace(",", "."),
        "lon": values["lon"].replace(",", "."),
    }


def _row_problems(lines: Iterable[Line], columns: ColumnMap, zones: Collection[str]) -> Iterator[Problem]:
    seen: dict[tuple[str, str], int] = {}
    for line in lines:
        row: Address = line.row
        if row.zone and row.zone not in zones:
            yield Problem("zone_unknown", "", line.number, columns.name_of("zone"), row.zone)
        place = slugs.natural(row), row.postcode
        if seen.setdefault(place, line.number) != line.number:
            label = addresses.label(row.street, row.number, row.letter, row.postcode, row.locality)
            yield Problem("row_twice", "", line.number, columns.name_of("street"), label)


def _of_file(path: Path, problems: Iterable[Problem]) -> list[Problem]:
    return [replace(problem, file=path.name) for problem in problems]
