"""How does one get a key that opens backups, and its public half that makes them?"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from wastecal.keeping import keys
from wastecal.management import console


class Command(console.Command):
    help = "Makes the key that opens backups. Run it on another machine than the one that makes them."
    example = "/media/stick/backup.key"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *_: Any, **options: Any) -> None:
        path: Path = options["file"]
        identity = keys.make()
        keys.write(path, identity)
        self.stdout.write(
            f"Made {path}. Whoever reads it can open every backup, and nobody can without it: keep two\n"
            "copies in two safes, on paper too, and none on the machine that makes the backups.\n"
            f"On that machine set BACKUP_RECIPIENTS={identity.recipient}"
        )
