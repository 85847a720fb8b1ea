"""What rows are in a table of text? Cells to values by a column map, and values to cells."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from wastecal.core import texts
from wastecal.core.codecs import CODECS
from wastecal.core.errors import Problem


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header, the codec of its cells, the row's field (the header where empty).

    With `per_language` there is a column for each language, `name_sv`, `name_en`, … A `rare` one is
    written only where a row has anything in it.
    """

    name: str
    codec: str = "text"
    field: str = ""
    required: bool = False
    per_language: bool = False
    rare: bool = False

    def headers(self, languages: Sequence[str]) -> tuple[str, ...]:
        return tuple(f"{self.name}_{lang}" for lang in languages) if self.per_language else (self.name,)


@dataclass(frozen=True, slots=True)
class Table:
    """One file of a data directory: what a row is, its columns and the order of its rows."""

    name: str
    row: Callable[..., Any]
    columns: tuple[Column, ...]
    order: Callable[[Any], Any]
    check: Callable[[Any], Iterable[tuple[str, str, str]]] = lambda row: ()
    versioned: bool = True

    @property
    def file(self) -> str:
        return f"{self.name}.csv"

    @property
    def all_columns(self) -> tuple[Column, ...]:
        versions = (Column("edit", "count"), Column("ended_edit", "whole"))
        return (*self.columns, *(versions if self.versioned else ()))


@dataclass(frozen=True, slots=True)
class Line:
    """A row as read, with the number of its line."""

    number: int
    row: Any


def read(
    table: Table, cells: Iterator[tuple[int, list[str]]], languages: Sequence[str]
) -> tuple[list[Line], list[Problem]]:
    """The rows of a table whose first line is its header, and what could not be read.

    `cells` gives (line number, cells). A row with a problem is left out.
    """
    _, header = next(cells, (1, []))
    problems = list(_header_problems(table, header, languages))
    if problems:
        return [], problems
    reader = _Reader(table, tuple(header), tuple(languages))
    lines: list[Line] = []
    for number, row in cells:
        if not any(row):
            continue
        found, faults = reader.row(row)
        problems += [Problem(code, table.file, number, column, value) for code, column, value in faults]
        if not faults:
            lines.append(Line(number, found))
    return lines, problems


def write(table: Table, rows: Iterable[Any], languages: Sequence[str]) -> Iterator[list[str]]:
    """Header and cells of the rows, in the table's canonical order."""
    ordered = sorted(rows, key=lambda row: (table.order(row), *_version(table, row)))
    columns = [column for column in table.all_columns if not column.rare or _is_used(column, ordered)]
    yield [header for column in columns for header in column.headers(languages)]
    for row in ordered:
        yield [cell for column in columns for cell in _cells(column, row, languages)]


@dataclass(frozen=True, slots=True)
class _Reader:
    table: Table
    header: tuple[str, ...]
    languages: tuple[str, ...]

    def row(self, cells: list[str]) -> tuple[Any, list[tuple[str, str, str]]]:
        """The row of some cells and its faults as (code, column, value)."""
        if len(cells) != len(self.header):
            return None, [("row_length", "", str(len(cells)))]
        by_header = dict(zip(self.header, map(str.strip, cells), strict=True))
        faults: list[tuple[str, str, str]] = []
        fields = {
            column.field or column.name: self._value(column, by_header, faults)
            for column in self.table.all_columns
        }
        if faults:
            return None, faults
        row = self.table.row(**fields)
        return row, list(self.table.check(row))

    def _value(self, column: Column, cells: dict[str, str], faults: list[tuple[str, str, str]]) -> Any:
        headers = column.headers(self.languages)
        values = {header: _read_cell(column, header, cells.get(header, ""), faults) for header in headers}
        if column.required and not cells.get(headers[0], ""):
            faults.append(("cell_missing", headers[0], ""))
        if not column.per_language:
            return values[column.name]
        by_language = dict(zip(self.languages, values.values(), strict=True))
        if column.codec == "phrases":
            return tuple((lang, words) for lang, words in by_language.items() if words)
        return texts.of({lang: text for lang, text in by_language.items() if text})


def _read_cell(column: Column, header: str, cell: str, faults: list[tuple[str, str, str]]) -> Any:
    if column.required and not cell:
        return None
    try:
        return CODECS[column.codec].read(cell)
    except ValueError as error:
        faults.append((str(error), header, cell))
        return None


def _header_problems(table: Table, header: list[str], languages: Sequence[str]) -> Iterator[Problem]:
    allowed = [name for column in table.all_columns for name in column.headers(languages)]
    for name in dict.fromkeys(header):
        if name not in allowed:
            yield Problem("column_unknown", table.file, 1, name)
        elif header.count(name) > 1:
            yield Problem("column_twice", table.file, 1, name)
    for column in table.columns:
        if column.required and not set(column.headers(languages)) & set(header):
            yield Problem("column_missing", table.file, 1, column.headers(languages)[0])


def _cells(column: Column, row: Any, languages: Sequence[str]) -> Iterator[str]:
    value = getattr(row, column.field or column.name)
    codec = CODECS[column.codec]
    if not column.per_language:
        yield codec.write(value)
        return
    by_language = dict(value if column.codec == "phrases" else value.pairs)
    for lang in languages:
        yield codec.write(by_language[lang]) if lang in by_language else ""


def _is_used(column: Column, rows: Iterable[Any]) -> bool:
    return any(getattr(row, column.field or column.name) for row in rows)


def _version(table: Table, row: Any) -> tuple[int, int]:
    return (row.edit, row.ended_edit or 0) if table.versioned else (0, 0)
