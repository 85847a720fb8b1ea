"""What does each column of a file from outside mean? A column map, read from TOML."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wastecal.core.directory import ADDRESSES
from wastecal.core.errors import Problem
from wastecal.importing.files import Unreadable, read_text

FIELDS = tuple(column.name for column in ADDRESSES.columns if column.name != "slug")
ALL_OTHERS = "*"

_KEYS = ("ignore", "fields", "empty")


@dataclass(frozen=True, slots=True)
class Kind:
    """What a map is for: all the fields that it may name, and those that it must."""

    fields: tuple[str, ...]
    required: tuple[str, ...]


OF_ADDRESSES = Kind(FIELDS, ("street", "locality"))


@dataclass(frozen=True, slots=True)
class Source:
    """Where a field comes from: columns joined by `glue`, the empty ones left out, or a constant."""

    columns: tuple[str, ...] = ()
    glue: str = ""
    constant: str = ""

    @property
    def name(self) -> str:
        return "+".join(self.columns)


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Our fields and their sources; the `names` of all of them; the columns passed over; what means
    nothing in a column."""

    fields: Mapping[str, Source]
    names: tuple[str, ...] = FIELDS
    ignored: frozenset[str] = frozenset()
    empty: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are read, each once."""
        return tuple(dict.fromkeys(name for source in self.fields.values() for name in source.columns))

    def is_known(self, column: str) -> bool:
        return column in self.columns or column in self.ignored or ALL_OTHERS in self.ignored

    def name_of(self, field: str) -> str:
        """The columns of the file that a field comes from; the field itself where it has none."""
        return (self.fields[field].name if field in self.fields else "") or field

    def values(self, cells: Mapping[str, str]) -> dict[str, str]:
        """All our fields from the cells of a row by column."""
        found = dict.fromkeys(self.names, "")
        for name, source in self.fields.items():
            parts = (cells[part] for part in source.columns if cells[part] not in self.empty.get(part, ()))
            found[name] = source.constant or source.glue.join(filter(None, parts))
        return found


def read(path: Path, kind: Kind = OF_ADDRESSES) -> tuple[ColumnMap | None, list[Problem]]:
    """The column map at `path`; None where anything in it is wrong, with all problems."""
    try:
        data = tomllib.loads(read_text(path))
    except Unreadable as error:
        return None, [error.problem]
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        return None, [Problem("toml", path.name, int(line[1]) if line else 0, value=str(error))]
    problems = [Problem(code, path.name, 0, key, value) for code, key, value in _faults(data, kind)]
    return (None, problems) if problems else (_column_map(data, kind), [])


def column(name: str) -> str:
    """The name of a column as we compare it."""
    return " ".join(name.split()).casefold()


def _column_map(data: Mapping[str, Any], kind: Kind) -> ColumnMap:
    return ColumnMap(
        fields={name: _source(value) for name, value in data["fields"].items()},
        names=kind.fields,
        ignored=frozenset(map(column, data.get("ignore", ()))),
        empty={column(name): frozenset(values) for name, values in data.get("empty", {}).items()},
    )


def _source(value: Any) -> Source:
    if isinstance(value, str):
        return Source((column(value),))
    if "constant" in value:
        return Source(constant=value["constant"])
    return Source(tuple(map(column, value["join"])), value.get("with", ""))


def _faults(data: Mapping[str, Any], kind: Kind) -> Iterator[tuple[str, str, str]]:
    yield from (("key_unknown", key, "") for key in data if key not in _KEYS)
    if not _are_texts(data.get("ignore", [])):
        yield "map_list", "ignore", str(data["ignore"])
    fields, empty = data.get("fields", {}), data.get("empty", {})
    for name, table in (("fields", fields), ("empty", empty)):
        if not isinstance(table, dict):
            yield "map_table", name, str(table)
            return
    yield from (("key_missing", f"fields.{name}", "") for name in kind.required if name not in fields)
    for name, value in fields.items():
        if name not in kind.fields:
            yield "key_unknown", f"fields.{name}", ""
        elif not _is_source(value):
            yield "map_source", f"fields.{name}", str(value)
    for name, value in empty.items():
        if not _are_texts(value):
            yield "map_list", f"empty.{name}", str(value)


def _is_source(value: Any) -> bool:
    match value:
        case str():
            return bool(value.strip())
        case {"constant": str(text), **others}:
            return bool(text.strip()) and not others
        case {"join": [_, *_] as columns, **others}:
            return _are_texts(columns) and set(others) <= {"with"} and isinstance(others.get("with", ""), str)
    return False


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)
