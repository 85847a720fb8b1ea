"""Is a backup what was written, to the last byte?"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from wastecal.keeping import backups, own_keys
from wastecal.management import console


class Command(console.Command):
    help = (
        "Checks a backup. With its key it is opened and read to the last byte; without, it is compared "
        "with the SHA-256 in the file beside it, which finds damage but no forger."
    )
    example = "wastecal-2026-11-24.age --key backup.key"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--key", type=Path, metavar="FILE", help="the key that opens it; - to type it in")

    def handle(self, *_: Any, **options: Any) -> None:
        path: Path = options["file"]
        if options["key"] is None and not own_keys.is_here():
            self.stdout.write(
                f"{path} is undamaged: SHA-256 {backups.undamaged(path)}. Its key was not tried."
            )
            return
        manifest = backups.verify(path, own_keys.identities(options["key"]))
        made = manifest.made.isoformat(" ", "seconds")
        self.stdout.write(f"{path} is whole: {manifest.contents}, made {made}.")
