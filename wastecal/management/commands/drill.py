"""Would everything come back, and how long would it take?"""

import time
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from wastecal.keeping import backups, drilling, keys, own_keys
from wastecal.keeping.drilling import Outcome
from wastecal.keeping.keys import Identity
from wastecal.management import console
from wastecal.management.progress import Progress

_SHOWN = 10


class Command(console.Command):
    help = (
        "Backs up, brings the backup back into a scratch database, compares every answer, and says how "
        "long it took. With --file it does so with a backup that there is."
    )
    example = "--file wastecal-2026-11-24.age --key backup.key"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--file", type=Path, help="a backup of this database, in place of a new one")
        parser.add_argument("--key", type=Path, metavar="FILE", help="the key that opens it; - to type it in")

    def handle(self, *_: Any, **options: Any) -> None:
        began = time.perf_counter()
        if options["file"]:
            self._try(options["file"], own_keys.identities(options["key"]))
        else:
            with TemporaryDirectory(prefix="wastecal-drill-") as folder:
                path, identity = Path(folder, "drill.age"), keys.make()
                with self._timed("Backed up"):
                    backups.write(path, [identity.recipient], console.now())
                self._try(path, [identity])
        self.stdout.write(f"The drill took {time.perf_counter() - began:.1f} seconds.")

    def _try(self, path: Path, identities: Sequence[Identity]) -> None:
        with ExitStack() as until_done:
            with self._timed("Brought back into a scratch database"):
                scratch = until_done.enter_context(drilling.restored(path, identities))
            with self._timed("Compared"):
                outcome = _compared(scratch)
        if outcome.differing:
            named = ", ".join(outcome.differing[:_SHOWN])
            console.no_answer(f"{len(outcome.differing)} of {outcome.compared} answers differ: {named}.")
        self.stdout.write(f"All {outcome.compared:,} answers are the same, private rows counted too.")

    @contextmanager
    def _timed(self, what: str) -> Iterator[None]:
        began = time.perf_counter()
        yield
        self.stdout.write(f"{what} in {time.perf_counter() - began:.1f} seconds.")


def _compared(scratch: BaseDatabaseWrapper) -> Outcome:
    progress = Progress("answers compared")
    try:
        return drilling.compare(scratch, console.today(), progress.tick)
    finally:
        progress.done()
