"""How is the whole database backed up from the command line, private parts too?"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from wastecal.keeping import backups, own_keys
from wastecal.management import console
from wastecal.management.progress import Progress


class Command(console.Command):
    help = "Backs up the whole database, private parts too, sealed for the keys in BACKUP_RECIPIENTS."
    example = "/mnt/backups/wastecal-2026-11-24.age"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *_: Any, **options: Any) -> None:
        path: Path = options["file"]
        progress = Progress("blocks of 64 KiB read")
        try:
            manifest = backups.write(path, own_keys.recipients(), console.now(), progress.tick)
        finally:
            progress.done()
        self.stdout.write(f"Wrote {path}: {manifest.contents}, {path.stat().st_size:,} bytes.")
        self.stdout.write(f"SHA-256 {backups.undamaged(path)}, also in {backups.sum_file(path).name}.")
        if own_keys.is_demonstration():
            self.stdout.write(
                f"Its key is {own_keys.demonstration()}, on this very machine: for a demonstration only. "
                "See 'make_backup_key --help'."
            )
