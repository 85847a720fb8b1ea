"""Which deviations are in a file? CSV, Excel or pasted rows, in the columns of overrides.csv or Swedish ones.

A file adds: a row that stands there already changes nothing, one with the key of a deviation in force
takes its place, and what the file lacks stays. So the same file twice is no second Edit.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from wastecal import answers, models
from wastecal.core import changes, coherence, scopes, tables
from wastecal.core.changes import Changes
from wastecal.core.coherence import Known
from wastecal.core.directory import OVERRIDES
from wastecal.core.errors import Problem
from wastecal.core.overrides import Kind, Override
from wastecal.core.tables import Line
from wastecal.importing import headings, mapped, plan, sheets
from wastecal.importing.files import Unreadable
from wastecal.importing.maps import ColumnMap, Source
from wastecal.importing.plan import Plan
from wastecal.models import Edit

MAX_BYTES = 5_000_000
MAX_UNPACKED = 50_000_000
MAX_ROWS = 1_000
"""So many deviations are read at once: more belong into the data directory."""
MAX_TEXT = 300_000
"""So many characters of rows travel in a form."""
LONGEST_REASON = 10_000
FARTHEST = timedelta(days=800)

_BATCH = 500
Cells = Iterator[tuple[int, list[str]]]


@dataclass(frozen=True, slots=True)
class Reading:
    """The rows of a file, and every problem in it."""

    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]


def columns(languages: Sequence[str]) -> tuple[str, ...]:
    """The names of the columns, those of the versions left out."""
    return tuple(name for column in OVERRIDES.columns for name in column.headers(languages))


def cells_of(path: Path, tick: Callable[[], None] = lambda: None) -> list[tuple[int, list[str]]]:
    """(row number, cells) of a file, its header first. Raises Unreadable."""
    if path.is_file() and path.stat().st_size > MAX_BYTES:
        raise Unreadable(Problem("file_too_large", path.name, value=str(path.stat().st_size)))
    found: list[tuple[int, list[str]]] = []
    for number, row in _cells(path):
        tick()
        if not any(cell.strip() for cell in row):
            continue
        if len(found) > MAX_ROWS:
            raise Unreadable(Problem("too_many_rows", path.name, number, value=str(MAX_ROWS)))
        found.append((number, row))
    if not found:
        raise Unreadable(Problem("file_empty", path.name))
    return found


def as_text(rows: Iterable[tuple[int, list[str]]]) -> str:
    """The same cells as text with tabs between: the row of number n is its nth."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    written = 0
    for number, row in rows:
        while written + 1 < number:
            out.write("\n")
            written += 1
        writer.writerow(row)
        written += 1
    return out.getvalue()


def cells_in(text: str) -> list[tuple[int, list[str]]]:
    """(row number, cells) of rows that were pasted or carried along. Raises Unreadable."""
    if len(text) > MAX_TEXT:
        raise Unreadable(Problem("file_too_large", value=str(len(text))))
    lines = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    first = next((line for line in lines.split("\n") if line.strip()), "")
    delimiter = max("\t;,", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(lines), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise Unreadable(Problem("csv", value=str(error))) from error
    found = [(number, row) for number, row in enumerate(rows, 1) if any(cell.strip() for cell in row)]
    if not found:
        raise Unreadable(Problem("file_empty"))
    if len(found) > MAX_ROWS + 1:
        raise Unreadable(Problem("too_many_rows", value=str(MAX_ROWS)))
    return found


def read(rows: Iterable[tuple[int, list[str]]], today: date, name: str = "") -> Reading:
    """The deviations in these cells, and every problem; `name` is that of the file in problems."""
    town = answers.town()
    languages = town.languages if town else ()
    padded, written = headings.plain(list(_padded(rows)), languages)
    lines, faults = tables.read(OVERRIDES, iter(padded), languages)
    broken = list(_broken(padded, {line.number for line in lines}, today))
    problems = [*_sheet_faults(padded), *faults, *_Checking(lines, broken, today).problems()]
    seen: set[tuple[int, str]] = set()
    kept = []
    for problem in sorted(problems, key=lambda row: row.line):
        if (problem.line, problem.column) not in seen:
            seen.add((problem.line, problem.column))
            column = written.get(problem.column, problem.column)
            kept.append(replace(problem, file=name, column=column))
    wanted = tuple(line for line in lines if line.row.ended_edit is None)
    return Reading(wanted, tuple(kept))


def planned(lines: Iterable[Line]) -> Plan:
    """What makes the deviations of a file those in force, and changes nothing else."""
    live = _live()
    by_key = {row.key: (pk, row) for pk, row in live}
    there = {changes.content(row) for _, row in live}
    begun: list[Override] = []
    ended: list[Override] = []
    pairs: list[tuple[Override, Override]] = []
    keys: list[Any] = []
    for row in (line.row for line in lines):
        if changes.content(row) in there:
            continue
        begun.append(row)
        if row.key in by_key:
            pk, old = by_key[row.key]
            keys.append(pk)
            ended.append(old)
            pairs.append((old, row))
    found = Changes(tuple(begun), tuple(ended), tuple(pairs))
    return Plan({"overrides": found}, {"overrides": keys})


def apply(lines: Sequence[Line], summary: str, at: datetime) -> tuple[Plan, Edit | None]:
    """Carry the plan out as one Edit, or none where everything stands there already."""
    return plan.carry_out(lambda: planned(lines), summary, at)


def in_force(since: date) -> list[Override]:
    """The live deviations that are about a day from `since` on."""
    rows = [row for _, row in _live()]
    return sorted(
        (row for row in rows if max(filter(None, (row.day, row.new_date, row.new_date_until))) >= since),
        key=OVERRIDES.order,
    )


def rows_of(found: Iterable[Override], languages: Sequence[str]) -> Iterator[list[str]]:
    """Header and cells, without the columns of versions."""
    width = len(columns(languages))
    for row in tables.write(OVERRIDES, found, languages):
        yield row[:width]


def _live() -> list[tuple[Any, Override]]:
    return list(models.Override.keyed(models.Override.objects.filter(ended_edit=None).order_by("pk")))


def _cells(path: Path) -> Cells:
    if sheets.is_sheet(path):
        return sheets.cells(path, unpacked=MAX_UNPACKED)
    return mapped.text_cells(path, _MAP)[0]


def _padded(rows: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """Every row as wide as the header, whose names are compared without regard to case; a sheet leaves
    out empty cells at the end."""
    width = 0
    for number, row in rows:
        if not width:
            row = [cell.strip().lower() for cell in row]
            while row and not row[-1]:
                row.pop()
            width = len(row)
        extra = row[width:] if any(cell.strip() for cell in row[width:]) else []
        yield number, [*row[:width], *[""] * (width - len(row)), *extra]


def _sheet_faults(rows: Sequence[tuple[int, list[str]]]) -> Iterator[Problem]:
    """Formulas and errors of a spreadsheet, in whatever column."""
    header = rows[0][1] if rows else []
    for number, row in rows[1:]:
        for name, cell in zip(header, row, strict=False):
            if code := mapped.fault(cell.strip()):
                yield Problem(code, "", number, name, cell)


def _broken(rows: Sequence[tuple[int, list[str]]], read: Collection[int], today: date) -> Iterator[Line]:
    """What rows that cannot be read speak of all the same: their scopes and containers."""
    header = rows[0][1] if rows else []
    for number, row in rows[1:]:
        if number in read:
            continue
        cells = dict(zip(header, row, strict=False))
        scope, codes = cells.get("scope", "").strip(), cells.get("containers", "")
        known = scope if scopes.is_valid(scope) else scopes.EVERYONE
        yield Line(number, Override("", Kind.ADD, known, tuple(re.split(r"[;,|\s]+", codes.strip())), today))


@dataclass
class _Checking:
    """What cannot be seen in one row alone: names that there must be, keys, doubles, days far away."""

    lines: Sequence[Line]
    broken: Sequence[Line]
    today: date
    seen: Counter[Any] = field(default_factory=Counter)

    def problems(self) -> Iterator[Problem]:
        known, live = self._known(), {row.key: row for _, row in _live()}
        there = {changes.content(row) for row in live.values()}
        for line in self.broken:
            for code, column, value in coherence.unknown_names(line.row, known):
                yield Problem(code, "", line.number, column, value)
        for line in self.lines:
            row: Override = line.row
            if row.ended_edit is not None or changes.content(row) in there:
                continue
            for code, column, value in (*coherence.unknown_names(row, known), *self._faults(row, live)):
                yield Problem(code, "", line.number, column, value)

    def _faults(self, row: Override, live: Any) -> Iterator[tuple[str, str, str]]:
        if row.key and row.key not in live:
            yield "override_unknown", "key", row.key
        for name, day in (
            ("date", row.date),
            ("new_date", row.new_date),
            ("new_date_until", row.new_date_until),
        ):
            if day and abs(day - self.today) > FARTHEST:
                yield "date_range", name, str(day)
        for lang, text in row.reason.pairs:
            if len(text) > LONGEST_REASON:
                yield "text_too_long", f"reason_{lang}", text
        self.seen[changes.content(row), ""] += 1
        self.seen[row.key, "key"] += bool(row.key)
        if self.seen[changes.content(row), ""] > 1:
            yield "row_twice", "", row.scope
        elif self.seen[row.key, "key"] > 1:
            yield "row_twice", "key", row.key

    def _known(self) -> Known:
        """What there is of the streets and addresses that the rows speak of."""
        said = {line.row.scope for line in (*self.lines, *self.broken)}
        streets, slugs = (
            [scope.removeprefix(kind) for scope in said if scope.startswith(kind)]
            for kind in ("street:", "address:")
        )
        return Known(
            {row.code for row in answers.containers()},
            {row.code for row in answers.zones()},
            _there("street_slug", streets),
            _there("slug", slugs),
        )


def _there(column: str, names: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(names), _BATCH):
        batch = names[start : start + _BATCH]
        rows = models.Address.objects.filter(**{f"{column}__in": batch}, ended_edit=None)
        found |= set(rows.values_list(column, flat=True))
    return found


_NAMES = columns(("sv", "en"))
_MAP = ColumnMap({name: Source((name,)) for name in _NAMES}, _NAMES)
