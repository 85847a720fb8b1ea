"""How does one get a key to sign the published site with?"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from wastecal.management import console
from wastecal.publish import keys


class Command(console.Command):
    help = "Makes the pair of keys that the published site is signed and verified with."
    example = "/etc/wastecal"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path, metavar="DIR")

    def handle(self, *_: Any, **options: Any) -> None:
        folder: Path = options["directory"]
        key = keys.make(folder).public
        secret, public = folder / keys.SECRET_NAME, folder / keys.PUBLIC_NAME
        self.stdout.write(
            f"Made {secret} and {public}.\n"
            f"Secret: {secret}. It has no password: whoever reads the file can sign. Keep a copy on paper "
            "or a stick in a safe, and name the file in SIGNING_KEY.\n"
            f"Public: {key.line}\n"
            "Print this line, in the README and on paper: readers trust it from there."
        )
