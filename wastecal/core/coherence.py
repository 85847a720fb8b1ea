"""Does a data directory hold together? Names that rows refer to, doubles, conflicts, Edits."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any

from wastecal.core import addresses, schedule
from wastecal.core.directory import ADDRESSES, EDITS, RULES, TABLES, TOML, Faults, identity
from wastecal.core.errors import Problem
from wastecal.core.overrides import Override
from wastecal.core.recurrence import Provenance
from wastecal.core.rows import Address, Edit, Zone, ZoneMove
from wastecal.core.tables import Line, Table


@dataclass(frozen=True, slots=True)
class Known:
    """The names that rows may refer to; None where not all of them could be read."""

    containers: set[str] | None
    zones: set[str] | None
    streets: set[str] | None
    slugs: set[str] | None


def check(
    lines: Mapping[str, Sequence[Line]], edits: Sequence[Line], incomplete: Collection[str] = ()
) -> Iterator[Problem]:
    """What does not hold between the rows of a directory: names, doubles, conflicts, Edits.

    Names that stand in a table with unread rows (`incomplete`) are taken for known.
    """
    rows = lines["addresses"]
    known = Known(
        None if "containers" in incomplete else {line.row.code for line in lines["containers"]},
        None if "zones" in incomplete else {line.row.code for line in lines["zones"]},
        None if "addresses" in incomplete else {_street_of(line.row) for line in rows},
        None if "addresses" in incomplete else {slug for line in rows for slug in _possible_slugs(line.row)},
    )
    yield from _policy_problems(lines["shifts"], known)
    for table in TABLES:
        for line in lines[table.name]:
            for code, column, value in unknown_names(line.row, known):
                yield Problem(code, table.file, line.number, column, value)
        yield from _doubles(table, lines[table.name])
    yield from _slugs_twice(lines["addresses"], all_given=bool(edits))
    yield from _conflicts(lines["rules"])
    if edits:
        yield from _edit_problems(lines, edits)


def _possible_slugs(row: Address) -> Iterator[str]:
    yield row.slug
    if row.postcode:
        yield addresses.slug_with_postcode(row.locality, row.street, row.number, row.letter, row.postcode)


def _street_of(row: Address) -> str:
    return addresses.slug(row.locality, row.street, row.number, row.letter).rpartition("/")[0]


def _is_unknown(name: str, names: Collection[str] | None) -> bool:
    return names is not None and name not in names


def _policy_problems(policy: Sequence[Line], known: Known) -> Iterator[Problem]:
    for number, line in enumerate(policy, 1):
        for kind, names, there in (
            ("container", line.row.containers, known.containers),
            ("zone", line.row.zones, known.zones),
        ):
            for name in names:
                if _is_unknown(name, there):
                    yield Problem(f"{kind}_unknown", TOML, line.number, f"shift[{number}].{kind}s", name)


def unknown_names(row: Any, known: Known) -> Faults:
    """What a row refers to and is not there, as (code, column, value)."""
    if (zone := getattr(row, "zone", "")) and _is_unknown(zone, known.zones):
        yield "zone_unknown", "zone", zone
    kind, _, name = getattr(row, "scope", "").partition(":")
    names = {"zone": known.zones, "street": known.streets, "address": known.slugs}
    if kind in names and _is_unknown(name, names[kind]):
        yield f"{kind}_unknown", "scope", row.scope
    if isinstance(row, ZoneMove) and _is_unknown(row.address, known.slugs):
        yield "address_unknown", "address", row.address
    containers = row.containers if isinstance(row, Override) else (getattr(row, "container", ""),)
    for container in containers:
        if container and _is_unknown(container, known.containers):
            yield "container_unknown", "containers" if isinstance(row, Override) else "container", container


def _doubles(table: Table, lines: Sequence[Line]) -> Iterator[Problem]:
    """Rows that are one thing and in force at once; of those with a key in the past too, for an event
    was named by it then."""
    kept = [line for line in lines if line.row.ended_edit is None or hasattr(line.row, "key")]
    until: dict[Any, float] = {}
    for line in sorted(kept, key=lambda line: (line.row.edit, line.number)):
        row, what = line.row, identity(line.row)
        if what is not None and row.edit < until.get(what, 0):
            yield Problem("row_twice", table.file, line.number, "", _name(row, what))
        until[what] = max(until.get(what, 0), row.ended_edit or inf)


def _name(row: Any, what: Iterable[Any]) -> str:
    if isinstance(row, Address):
        return addresses.label(row.street, row.number, row.letter, row.postcode, row.locality)
    return row.code if isinstance(row, Zone) else " ".join(map(str, what))


def _slugs_twice(lines: Sequence[Line], *, all_given: bool) -> Iterator[Problem]:
    """Two addresses with one name that the file itself gives them; of the others we give each its own."""
    seen: set[str] = set()
    for line in lines:
        row: Address = line.row
        natural = addresses.slug(row.locality, row.street, row.number, row.letter)
        if row.ended_edit is None and (all_given or row.slug != natural):
            if row.slug in seen:
                yield Problem("row_twice", ADDRESSES.file, line.number, "slug", row.slug)
            seen.add(row.slug)


def _conflicts(lines: Sequence[Line]) -> Iterator[Problem]:
    """Two rules of which neither comes before the other on some day."""
    alike: dict[Any, list[Line]] = {}
    for line in lines:
        rule = line.row
        if rule.ended_edit is None and rule.provenance is not Provenance.RECONSTRUCTED:
            key = (rule.scope, rule.container, schedule.precedence(rule))
            alike.setdefault(key, []).append(line)
    for group in alike.values():
        for line in group[1:]:
            yield Problem("rule_conflict", RULES.file, line.number, "scope", line.row.scope)


def _edit_problems(lines: Mapping[str, Iterable[Line]], edits: Sequence[Line]) -> Iterator[Problem]:
    numbers = {line.row.number for line in edits}
    last: Edit | None = None
    for line in edits:
        if last and (line.row.number <= last.number or line.row.at < last.at):
            yield Problem("edits_not_in_order", EDITS.file, line.number, "number", str(line.row.number))
        last = line.row
    for name, rows in lines.items():
        for line in rows:
            if line.row.ended_edit is not None and line.row.ended_edit <= line.row.edit:
                yield Problem(
                    "ended_before", _file(name), line.number, "ended_edit", str(line.row.ended_edit)
                )
            for column in ("edit", "ended_edit"):
                number = getattr(line.row, column)
                if number not in numbers and not (column == "ended_edit" and number is None):
                    yield Problem("edit_unknown", _file(name), line.number, column, str(number or ""))


def _file(table: str) -> str:
    return TOML if table in ("municipality", "shifts") else f"{table}.csv"
