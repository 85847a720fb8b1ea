"""How does the service come back from a copy of its published site?"""

from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from wastecal.importing import loading
from wastecal.management import console
from wastecal.management.progress import Progress
from wastecal.publish import own_key, rebuilding, verifying
from wastecal.publish.keys import PublicKey
from wastecal.publish.refusal import Fault, Refused
from wastecal.publish.verifying import Genuine


class Command(console.Command):
    help = "Verifies a published site, then loads it into an empty database."
    example = "/srv/mirror --key wastecal.pub"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path, metavar="DIR")
        parser.add_argument("--key", action="append", default=[], help=verifying.KEY_HELP)
        parser.add_argument(
            "--expired", action="store_true", help="take one that is past its time, where none is newer"
        )

    def handle(self, *_: Any, **options: Any) -> None:
        root: Path = options["directory"]
        if not loading.is_empty():
            raise rebuilding.NotEmpty
        own = own_key.public()
        trusted = verifying.keys_named(options["key"]) or ([own] if own else [])
        with Progress("files verified").shown() as tick:
            genuine = _verified(root, trusted, tick, expired=options["expired"])
        with Progress("rows read").shown() as tick:
            content, problems = rebuilding.read(root, tick)
        rebuilding.rebuild(root, genuine, content or console.refuse_problems(problems))
        self.stdout.write(
            f"{genuine}\nRebuilt. Publishing goes on with serial {genuine.snapshot.serial + 1}."
        )
        if not trusted:
            self.stderr.write(verifying.UNPROVEN)


def _verified(
    root: Path, trusted: Sequence[PublicKey], tick: Callable[[], None], *, expired: bool
) -> Genuine:
    try:
        return verifying.folder(root, trusted, console.now(), tick, expired=expired)
    except Refused as refused:
        if refused.fault is Fault.EXPIRED:
            console.no_answer(f"{refused}\nWhere no newer copy is left, take this one with --expired.")
        raise
