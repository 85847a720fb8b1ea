"""How does a neighbour keep a copy of a published site?"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from wastecal.management import console
from wastecal.management.progress import Progress
from wastecal.publish import mirroring, releases, verifying
from wastecal.publish.mirroring import Mirrored
from wastecal.publish.remote import Limits, Site
from wastecal.publish.signature import moment

_GIGABYTE = 10**9


class Command(console.Command):
    help = "Copies a published site: only what is new, and nothing that is not verified."
    example = "https://sophamtning.vellinge.example/ /srv/mirror --key wastecal.pub"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("url", metavar="URL")
        parser.add_argument("directory", type=Path, metavar="DIR")
        parser.add_argument("--key", action="append", default=[], help=verifying.KEY_HELP)
        parser.add_argument(
            "--repair", action="store_true", help="look for damaged files, and take them anew"
        )
        parser.add_argument("--at-most", type=int, default=60, metavar="GB", help="of a whole site (60)")

    def handle(self, *_: Any, **options: Any) -> None:
        root: Path = options["directory"]
        limits = Limits(site=options["at_most"] * _GIGABYTE)
        named = verifying.keys_named(options["key"])
        is_first = not named and releases.current(root) is None
        run = mirroring.repair if options["repair"] else mirroring.mirror
        with Site(options["url"], limits) as site, Progress("files in place").shown() as tick:
            trusted = named or [mirroring.trusted_by(root, site)]
            done = run(site, root, trusted, console.now(), tick)
        self.stdout.write(_said(done))
        if is_first:
            self.stderr.write(f"{trusted[0].line}\n{verifying.UNPROVEN}")


def _said(done: Mirrored) -> str:
    shot = done.snapshot
    new = f"{done.fetched:,} files new, {done.kept:,} kept" if done.fetched or done.kept else "nothing new"
    return f"Mirrored serial {shot.serial}: {new}; valid until {moment(shot.valid_until)}."
