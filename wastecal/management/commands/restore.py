"""How does a backup come back from the command line?"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command

from wastecal import answers
from wastecal.keeping import backups, own_keys
from wastecal.management import console


class Command(console.Command):
    help = "Brings a backup back into an empty database. Nothing is touched unless all of it is right."
    example = "wastecal-2026-11-24.age --key backup.key"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--key", type=Path, metavar="FILE", help="the key that opens it; - to type it in")

    def handle(self, *_: Any, **options: Any) -> None:
        path: Path = options["file"]
        manifest = backups.restore(path, own_keys.identities(options["key"]))
        call_command("migrate", verbosity=0)
        answers.forget()
        made = manifest.made.isoformat(" ", "seconds")
        self.stdout.write(f"Brought back {path}, made {made}: {manifest.contents}.")
        self.stdout.write(f"The newest Edit is {answers.newest_edit()}.")
