"""Is a published site, here or at an address, genuine, whole and of today?"""

from argparse import ArgumentParser
from typing import Any

from wastecal.management import console
from wastecal.management.progress import Progress
from wastecal.publish import own_key, verifying


class Command(console.Command):
    help = "Verifies a published site: its signature, every file, and that it is of today."
    example = "https://sophamtning.vellinge.example/ --key wastecal.pub"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("target", metavar="DIR|URL")
        parser.add_argument("--key", action="append", default=[], help=verifying.KEY_HELP)

    def handle(self, *_: Any, **options: Any) -> None:
        own = own_key.public()
        trusted = verifying.keys_named(options["key"]) or ([own] if own else [])
        with Progress("files verified").shown() as tick:
            found = verifying.any_target(options["target"], trusted, console.now(), tick)
        self.stdout.write(str(found))
        if not trusted:
            self.stderr.write(verifying.UNPROVEN)
