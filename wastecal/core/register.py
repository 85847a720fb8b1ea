"""What is known at a moment, but for the addresses? All rows that answers are made from."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol, TypeVar

from wastecal.core import versions
from wastecal.core.overrides import Override
from wastecal.core.recurrence import Rule
from wastecal.core.rows import Container, Edit, Municipality, Notice, Zone
from wastecal.core.shifts import Shift


class Scoped(versions.Versioned, Protocol):
    """A versioned row that counts for a scope."""

    @property
    def scope(self) -> str: ...


S = TypeVar("S", bound=Scoped)


@dataclass(frozen=True, slots=True)
class Register:
    """All versions of all rows but those of addresses; rules and the like by their scope.

    `shifts` stand in the order of the policy. `times` tells when each Edit was made.
    """

    municipality: tuple[Municipality, ...]
    containers: tuple[Container, ...]
    zones: tuple[Zone, ...]
    shifts: tuple[Shift, ...]
    rules: Mapping[str, tuple[Rule, ...]]
    overrides: Mapping[str, tuple[Override, ...]]
    notices: Mapping[str, tuple[Notice, ...]]
    times: Mapping[int, datetime]

    @property
    def town(self) -> Municipality:
        """The municipality as it is now; the last known where its row has ended."""
        return max(self.municipality, key=lambda row: (row.ended_edit is None, row.edit))

    @property
    def live_containers(self) -> tuple[Container, ...]:
        return tuple(sorted(versions.live(self.containers), key=lambda row: (row.order, row.code)))

    def zone(self, code: str) -> Zone | None:
        return next((row for row in versions.live(self.zones) if row.code == code), None)

    @property
    def edit(self) -> int:
        """The number of the newest Edit; 0 before the first."""
        return max(self.times, default=0)


def build(tables: Mapping[str, Iterable[Any]], edits: Iterable[Edit]) -> Register:
    """A register from tables by name: municipality, containers, zones, shifts, rules, overrides
    and notices, each an iterable of its rows in any order, but for shifts in policy order."""
    return Register(
        municipality=tuple(tables["municipality"]),
        containers=tuple(tables["containers"]),
        zones=tuple(tables["zones"]),
        shifts=tuple(tables["shifts"]),
        rules=by_scope(tables["rules"]),
        overrides=by_scope(tables["overrides"]),
        notices=by_scope(tables["notices"]),
        times={edit.number: edit.at for edit in edits},
    )


def by_scope(rows: Iterable[S]) -> dict[str, tuple[S, ...]]:
    found: defaultdict[str, list[S]] = defaultdict(list)
    for row in rows:
        found[row.scope].append(row)
    return {scope: tuple(rows) for scope, rows in found.items()}


def in_scopes(table: Mapping[str, tuple[S, ...]], wanted: Iterable[str]) -> tuple[S, ...]:
    """All versions of the rows of a table in any of the wanted scopes."""
    return tuple(row for scope in wanted for row in table.get(scope, ()))


V = TypeVar("V", bound=versions.Versioned)


def as_of(rows: Iterable[V], number: int) -> tuple[V, ...]:
    """The versions as they stood right after Edit `number`: later ones gone, later ends undone."""
    return tuple(_back(row, number) for row in rows if row.edit <= number)


def _back(row: Any, number: int) -> Any:
    if row.ended_edit is None or row.ended_edit <= number:
        return row
    return replace(row, ended_edit=None)


def register_as_of(register: Register, number: int) -> Register:
    """The register as it stood right after Edit `number`."""
    return Register(
        municipality=as_of(register.municipality, number),
        containers=as_of(register.containers, number),
        zones=as_of(register.zones, number),
        shifts=as_of(register.shifts, number),
        rules={scope: as_of(rows, number) for scope, rows in register.rules.items()},
        overrides={scope: as_of(rows, number) for scope, rows in register.overrides.items()},
        notices={scope: as_of(rows, number) for scope, rows in register.notices.items()},
        times={edit: at for edit, at in register.times.items() if edit <= number},
    )
