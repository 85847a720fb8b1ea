"""How does the whole public service come back from a copy of its published site?"""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from wastecal.core.directory import Directory
from wastecal.core.errors import NoAnswer, Problem
from wastecal.importing import directory, loading
from wastecal.publish import chain, releases
from wastecal.publish.verifying import Genuine

DATA = "data"


class NotEmpty(NoAnswer):
    """A database that holds something, which a rebuild must not mix with."""

    def __init__(self) -> None:
        super().__init__("The database is not empty. Point DATABASE_URL at a new one, and run 'migrate'.")


def rebuild(root: Path, genuine: Genuine, content: Directory) -> None:
    """Fill an empty database with what a verified site holds. Raises NotEmpty.

    The snapshot is remembered first: killed in between, the database is still empty and the rebuild
    can be run again; the other way round, it would be full and its serials would begin anew.
    """
    if not loading.is_empty():
        raise NotEmpty
    chain.remember(genuine.snapshot, releases.current(root) or root)
    loading.apply(content, "Rebuilt from a published site", genuine.snapshot.published)


def read(root: Path, tick: Callable[[], None]) -> tuple[Directory | None, list[Problem]]:
    """The data directory in a published site, without the packed copies that lie beside its files."""
    data = (releases.current(root) or root).resolve() / DATA
    with TemporaryDirectory() as name:
        for file in sorted(data.glob("*")):
            if file.suffix != ".gz":
                (Path(name) / file.name).symlink_to(file)
        return directory.read(Path(name), tick)
