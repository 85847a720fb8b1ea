"""How is everything public written out from the command line?"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from wastecal.core.directory import TOML
from wastecal.importing import loading
from wastecal.management import console


class Command(console.Command):
    help = "Writes everything public as a data directory, in its canonical form."
    example = "/tmp/vellinge"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path)

    def handle(self, *_: Any, **options: Any) -> None:
        path: Path = options["directory"]
        if loading.is_empty():
            console.no_answer("There is nothing to write: load a data directory first.")
        if path.exists() and not _may_be_written(path):
            console.refuse(f"{path} is there already and is no data directory; name an empty folder.")
        loading.dump(path)
        self.stdout.write(f"Wrote {path}.")


def _may_be_written(path: Path) -> bool:
    """An empty folder, or a data directory."""
    return path.is_dir() and ((path / TOML).is_file() or not any(path.iterdir()))
