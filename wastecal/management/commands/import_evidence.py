"""How do old text messages, vehicle logs and invoices get in from the command line?"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings

from wastecal import answers
from wastecal.core.register import Register
from wastecal.importing import maps, sightings
from wastecal.importing.maps import ColumnMap
from wastecal.importing.sightings import OF_EVIDENCE, Reading, Tally
from wastecal.management import console
from wastecal.management.progress import Progress

_MAPS = Path(settings.BASE_DIR) / "fixtures" / "maps"


class Command(console.Command):
    help = (
        "Imports evidence of collections, CSV or XLSX: all of it, or nothing. It is private and makes no "
        "Edit; what is there already is passed over."
    )
    example = "messages.csv --map evidence-sms --dry-run"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--map", default="evidence", help="a name in fixtures/maps, or a path")
        parser.add_argument("--dry-run", action="store_true", help="read the file and keep nothing")

    def handle(self, *_: Any, **options: Any) -> None:
        known = answers.known()
        if known is None:
            console.no_answer("There is no municipality yet: load a data directory first.")
        columns = _column_map(options["map"])
        reading = Reading(options["file"], columns, console.today(), _names(known.register))
        tally = _checked(reading)
        self.stdout.write(f"Read {_count(tally.records)} in {options['file'].name}.")
        if tally.silent:
            self.stdout.write(f"Messages that tell no day, and are left out: {tally.silent}.")
        if options["dry_run"]:
            self.stdout.write("Nothing was kept (--dry-run).")
            return
        kept = _kept(reading)
        self.stdout.write(f"Done: {_count(kept)} kept, {tally.records - kept} there already.")


def _column_map(name: str) -> ColumnMap:
    named = _MAPS / f"{name}.toml"
    is_name = name.replace("-", "").replace("_", "").isalnum()
    columns, problems = maps.read(named if is_name and named.is_file() else Path(name), OF_EVIDENCE)
    if columns is None:
        if not Path(name).exists() and not named.is_file():
            known = ", ".join(sorted(path.stem for path in _MAPS.glob("evidence*.toml")))
            console.refuse(f"There is no column map '{name}'. There are {known}; or give the path of one.")
        console.refuse_problems(problems)
    return columns


def _names(register: Register) -> dict[str, tuple[str, ...]]:
    """What each container is called, in every language and by its code."""
    return {row.code: (row.code, *(name for _, name in row.name.pairs)) for row in register.live_containers}


def _checked(reading: Reading) -> Tally:
    progress = Progress("rows read")
    try:
        tally = sightings.check(reading, progress.tick)
    finally:
        progress.done()
    if tally.problems:
        console.refuse_problems(tally.problems)
    return tally


def _kept(reading: Reading) -> int:
    progress = Progress("rows kept")
    try:
        return sightings.keep(reading, progress.tick)
    finally:
        progress.done()


def _count(number: int) -> str:
    return "1 record" if number == 1 else f"{number} records"
