"""How is municipality.toml written? Keys, then tables, as a person would write them by hand."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any


def dumps(data: Mapping[str, Any]) -> str:
    """TOML 1.0 of texts, numbers, dates, times with offset, lists of these, and lists of tables.

    A JSON string is a TOML basic string where it holds no DEL, which no text of ours does.
    """
    tables = {key: value for key, value in data.items() if _is_tables(value)}
    blocks = [_lines((key, value) for key, value in data.items() if key not in tables)]
    blocks += [[f"[[{key}]]", *_lines(row.items())] for key, rows in tables.items() for row in rows]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _is_tables(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(row, Mapping) for row in value)


def _lines(items: Iterable[tuple[str, Any]]) -> list[str]:
    return [f"{key} = {_value(value)}" for key, value in items]


def _value(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_values(value)) + "]"
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False)


def _values(values: Iterable[Any]) -> Iterator[str]:
    return map(_value, values)
