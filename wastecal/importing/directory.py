"""What is in a data directory on disk? Files to rows, with every problem, and rows to files."""

import csv
import io
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from wastecal.core import coherence, directory, municipality, slugs, tables
from wastecal.core.directory import EDITS, TABLES, TOML, Directory
from wastecal.core.errors import Problem
from wastecal.core.rows import Municipality
from wastecal.core.tables import Line, Table
from wastecal.importing import toml
from wastecal.importing.files import Unreadable, csv_cells, read_text, ticking


def read(path: Path, tick: Callable[[], None] = lambda: None) -> tuple[Directory | None, list[Problem]]:
    """The data directory at `path`; None where anything in it is wrong, with all problems.

    `tick` is called for each row.
    """
    if not path.is_dir():
        return None, [Problem("directory_missing", str(path))]
    problems = _unknown_files(path)
    towns, policy, languages, faults = _read_toml(path / TOML)
    problems += faults
    if not languages:
        return None, problems
    lines = {"municipality": [Line(0, row) for row in towns], "shifts": [Line(0, row) for row in policy]}
    incomplete: set[str] = set()
    for table in (*TABLES, EDITS):
        lines[table.name], faults = _read_table(path, table, languages, tick)
        incomplete |= {table.name} if faults else set()
        problems += faults
    edits = lines.pop(EDITS.name)
    problems += coherence.check(lines, edits if EDITS.name not in incomplete else [], incomplete)
    if problems:
        return None, problems
    rows = {name: tuple(line.row for line in found) for name, found in lines.items()}
    return Directory(rows, tuple(line.row for line in edits)), []


def write(path: Path, content: Directory) -> None:
    """Write a data directory in its canonical form; the same content gives the same bytes."""
    path.mkdir(parents=True, exist_ok=True)
    for name, text in texts(content):
        (path / name).write_bytes(text.encode())


def texts(content: Directory) -> Iterator[tuple[str, str]]:
    """(file name, text) of each file of a data directory in its canonical form."""
    data = municipality.write(content.tables["municipality"], content.tables["shifts"])
    yield TOML, toml.dumps(data)
    for table in TABLES:
        rows: Iterable[Any] = content.tables[table.name]
        if table is directory.ADDRESSES:
            rows = map(slugs.unless_natural, rows)
        yield table.file, _csv(tables.write(table, rows, content.languages))
    yield EDITS.file, _csv(tables.write(EDITS, content.edits, content.languages))


def _csv(cells: Iterable[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(cells)
    return out.getvalue()


def _unknown_files(path: Path) -> list[Problem]:
    known = {TOML, EDITS.file, *(table.file for table in TABLES)}
    names = sorted(entry.name for entry in path.iterdir() if not entry.name.startswith("."))
    return [Problem("file_unknown", name) for name in names if name not in known]


def _read_toml(path: Path) -> tuple[list[Municipality], list[Any], tuple[str, ...], list[Problem]]:
    """The versions of the municipality, the policy, the languages (none: unreadable) and problems."""
    try:
        text = read_text(path)
        data: Mapping[str, Any] = tomllib.loads(text)
    except Unreadable as error:
        return [], [], (), [error.problem]
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        return [], [], (), [Problem("toml", TOML, int(line[1]) if line else 0, value=str(error))]
    towns, policy, problems = municipality.read(data)
    placed = [replace(problem, line=_line_of(problem.column, text)) for problem in problems]
    return towns, policy, municipality.languages(data), placed


def _line_of(entry: str, text: str) -> int:
    """The line of `timezone` or `shift[2].move` in a TOML; 0 where it is written another way."""
    table, _, key = entry.rpartition(".")
    count: Counter[str] = Counter()
    current, found = "", 0
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.fullmatch(r"\s*\[\[(\w+)\]\]\s*(#.*)?", line):
            count[header[1]] += 1
            current = f"{header[1]}[{count[header[1]]}]"
            found = number if current == table else found
        elif current == table and re.match(rf"\s*{re.escape(key)}\s*=", line):
            return number
    return found


def _read_table(
    path: Path, table: Table, languages: tuple[str, ...], tick: Callable[[], None]
) -> tuple[list[Line], list[Problem]]:
    if not (path / table.file).exists():
        return [], []
    try:
        return tables.read(table, ticking(csv_cells(path / table.file), tick), languages)
    except Unreadable as error:
        return [], [error.problem]
