"""How does a file of deviations come in from the command line?"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from wastecal import answers
from wastecal.core.tables import Line
from wastecal.importing import overrides
from wastecal.management import console
from wastecal.management.commands.load import described
from wastecal.management.progress import Progress


class Command(console.Command):
    help = "Imports deviations from CSV or XLSX in the columns of overrides.csv: all as one Edit, or nothing."
    example = "overrides.xlsx --dry-run"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="show the plan and change nothing")

    def handle(self, *_: Any, **options: Any) -> None:
        if answers.town() is None:
            console.no_answer("There is no municipality yet: load a data directory first.")
        path = options["file"]
        lines = _read(path)
        if options["dry_run"]:
            plan, done = overrides.planned(lines), "Nothing was changed (--dry-run)."
        else:
            plan, edit = overrides.apply(lines, f"Imported {path.name}", console.now())
            done = f"Done: Edit {edit.number}." if edit else "Nothing to change: no Edit made."
        self.stdout.write(
            f"Read {len(lines)} {'deviation' if len(lines) == 1 else 'deviations'} in {path.name}."
        )
        self.stdout.write("\n".join([*described(plan, console.list_limit(options["verbosity"])), done]))


def _read(path: Path) -> tuple[Line, ...]:
    progress = Progress("rows read")
    try:
        reading = overrides.read(overrides.cells_of(path, progress.tick), console.today(), path.name)
    finally:
        progress.done()
    if reading.problems:
        console.refuse_problems(reading.problems)
    return reading.lines
