"""Which addresses are in a municipality's own file? CSV or Excel, through a column map."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import chain
from pathlib import Path

from wastecal.core import addresses, slugs, tables
from wastecal.core.directory import ADDRESSES
from wastecal.core.errors import Problem
from wastecal.core.rows import Address
from wastecal.core.tables import Line
from wastecal.importing import mapped, plan
from wastecal.importing.maps import FIELDS, ColumnMap
from wastecal.importing.plan import Plan
from wastecal.models import Address as AddressRow
from wastecal.models import Edit

_KEPT = ("postcode", "kind", "zone", "lat", "lon")


def read(
    path: Path, columns: ColumnMap, zones: Collection[str], tick: Callable[[], None] = lambda: None
) -> tuple[list[Line], list[Problem]]:
    """The addresses in a municipal file, and every problem; `zones` are the codes there are.

    `tick` is called for each row. Raises Unreadable for a file that cannot be read at all.
    """
    opened = mapped.opened(path, columns, tick)
    if opened.problems:
        return [], opened.problems
    rows = ((number, list(_tidy(values).values())) for number, values in opened.rows())
    mapped_rows = chain([(1, list(FIELDS))], rows)
    lines, faults = tables.read(ADDRESSES, mapped_rows, ())
    problems = opened.problems + [replace(fault, column=columns.name_of(fault.column)) for fault in faults]
    problems += _row_problems(lines, columns, zones)
    named = (replace(problem, file=path.name) for problem in problems)
    return lines, sorted(named, key=lambda problem: problem.line)


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
