"""How does a municipality's own address file come in from the command line?"""

from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings

from wastecal import answers
from wastecal.core.rows import Address
from wastecal.core.tables import Line
from wastecal.importing import maps, municipal
from wastecal.importing.maps import ColumnMap
from wastecal.importing.plan import Plan
from wastecal.management import console
from wastecal.management.progress import Progress

_MAPS = Path(settings.BASE_DIR) / "fixtures" / "maps"


class Command(console.Command):
    help = "Imports a municipality's address file, CSV or XLSX: all of it as one Edit, or nothing."
    example = "addresses.csv --map vellinge --dry-run"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--map", required=True, help="a name in fixtures/maps, or a path")
        parser.add_argument("--dry-run", action="store_true", help="show the plan and change nothing")
        parser.add_argument("--remove", action="store_true", help="end the addresses that are not in it")

    def handle(self, *_: Any, **options: Any) -> None:
        if answers.town() is None:
            console.no_answer("There is no municipality yet: load a data directory first.")
        path, remove = options["file"], options["remove"]
        columns = _column_map(options["map"])
        lines = _read(path, columns)
        if options["dry_run"]:
            plan, done = municipal.planned(lines, columns, remove=remove), "Nothing was changed (--dry-run)."
        else:
            summary = f"Imported {path.name}"
            plan, edit = municipal.apply(lines, columns, summary, console.now(), remove=remove)
            done = f"Done: Edit {edit.number}." if edit else "Nothing to change: no Edit made."
        self.stdout.write(f"Read {_count(len(lines))} in {path.name}.")
        self.stdout.write(
            "\n".join(_described(plan, lines, at_most=console.list_limit(options["verbosity"])))
        )
        self.stdout.write(done)


def _column_map(name: str) -> ColumnMap:
    named = _MAPS / f"{name}.toml"
    is_name = name.replace("-", "").replace("_", "").isalnum()
    columns, problems = maps.read(named if is_name and named.is_file() else Path(name))
    if columns is None:
        known = ", ".join(sorted(path.stem for path in _MAPS.glob("*.toml")))
        if not Path(name).exists():
            console.refuse(f"There is no column map '{name}'. There are {known}; or give the path of one.")
        console.refuse_problems(problems)
    return columns


def _read(path: Path, columns: ColumnMap) -> list[Line]:
    progress = Progress("rows read")
    try:
        zones = {zone.code for zone in answers.zones()}
        lines, problems = municipal.read(path, columns, zones, progress.tick)
    finally:
        progress.done()
    if problems:
        console.refuse_problems(problems)
    return lines


def _described(plan: Plan, lines: Sequence[Line], *, at_most: int | None) -> Iterator[str]:
    """The plan, and its rows with their lines in the file; with -v 2 all of them."""
    found = plan.changes["addresses"]
    yield f"Plan: +{_count(found.added)}, ~{len(found.changed)}, −{found.removed}"
    line_of = {municipal.name(line.row): line.number for line in lines}
    changed = [new for _, new in found.changed]
    old = {id(before) for before, _ in found.changed}
    new = set(map(id, changed))
    begun = [row for row in found.begun if id(row) not in new]
    ended = [row for row in found.ended if id(row) not in old]
    for heading, rows in (("New:", begun), ("Changed:", changed), ("Ended:", ended)):
        yield from console.listed(heading, [_row(row, line_of) for row in rows], at_most)
    heading = f"{_count(len(plan.kept))} not in the file, and kept (end them with --remove):"
    yield from console.listed(heading, [_row(row, {}) for row in plan.kept], at_most and console.SHOWN)


def _row(row: Address, line_of: dict[tuple[str, ...], int]) -> str:
    number = line_of.get(municipal.name(row))
    return f"line {number}: {console.label(row)}" if number else console.label(row)


def _count(number: int) -> str:
    return "1 address" if number == 1 else f"{number} addresses"
