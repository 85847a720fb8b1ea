"""What would be known if a write were made? The register before it and after it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from wastecal import edits
from wastecal.core.register import Register
from wastecal.edits import Write
from wastecal.models import TABLES

_SCOPED = ("rules", "overrides", "notices")
_PLAIN = ("municipality", "containers", "zones", "shifts")


@dataclass(frozen=True, slots=True)
class Outcome:
    """The register before and after a write; the rows by table name that it begins and ends."""

    before: Register
    after: Register
    begun: Mapping[str, tuple[Any, ...]]
    ended: Mapping[str, tuple[Any, ...]]

    @property
    def scopes(self) -> frozenset[str] | None:
        """The scopes in which anything would be said otherwise; None where that is the whole town."""
        tables = (self.begun, self.ended)
        if any(rows.get(name) for rows in tables for name in _PLAIN):
            return None
        return frozenset(row.scope for rows in tables for name in _SCOPED for row in rows.get(name, ()))


def after(before: Register, write: Write) -> Outcome:
    """What there would be if `write` were the Edit after the newest that `before` knows."""
    number = before.edit + 1
    begun = {name: tuple(rows) for name, rows in edits.versions(write, number).items() if rows}
    ended = {name: _rows(name, keys) for name, keys in write.end.items() if keys}
    tables: dict[str, Any] = {name: getattr(before, name) for name in (*_SCOPED, *_PLAIN)}
    for name in _PLAIN:
        tables[name] = _changed(tables[name], begun.get(name, ()), ended.get(name, ()), number)
    for name in _SCOPED:
        tables[name] = _by_scope(tables[name], begun.get(name, ()), ended.get(name, ()), number)
    return Outcome(before, Register(**tables, times=before.times), begun, ended)


def _rows(table: str, keys: Sequence[Any]) -> tuple[Any, ...]:
    """The rows with these primary keys, in the order of the keys."""
    model = TABLES[table]
    found: dict[Any, Any] = {}
    for start in range(0, len(keys), 500):
        found.update(model.keyed(model._default_manager.filter(pk__in=keys[start : start + 500])))
    return tuple(found[key] for key in keys if key in found)


def _by_scope(
    table: Mapping[str, tuple[Any, ...]], begun: Iterable[Any], ended: Iterable[Any], number: int
) -> dict[str, tuple[Any, ...]]:
    fresh, gone = defaultdict(list), defaultdict(list)
    for row in begun:
        fresh[row.scope].append(row)
    for row in ended:
        gone[row.scope].append(row)
    changed = {
        scope: _changed(table.get(scope, ()), fresh[scope], gone[scope], number) for scope in {*fresh, *gone}
    }
    return {**table, **changed}


def _changed(rows: Iterable[Any], begun: Iterable[Any], ended: Iterable[Any], number: int) -> tuple[Any, ...]:
    left = list(ended)
    kept = []
    for row in rows:
        if row in left:
            left.remove(row)
            row = replace(row, ended_edit=number)
        kept.append(row)
    return (*kept, *begun)
