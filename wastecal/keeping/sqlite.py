"""How does an SQLite database become a file beside its running writers, and come back from it?"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from wastecal.keeping import tables
from wastecal.keeping.refusal import Unusable

FILE = "database.sqlite3"


def copy(to: Path) -> tuple[dict[str, int], tuple[str, ...]]:
    """Write one consistent state to the file `to`; the rows by table, and the migrations in it.

    The backup API reads all pages in one step, which a writer in WAL mode does not disturb. It has a
    connection of its own: on one that is writing it would wait for ever.
    """
    ours = tables.like_ours(connections["default"].settings_dict["NAME"])
    with closing(ours), closing(sqlite3.connect(to)) as target, ours.cursor():
        ours.connection.backup(target)
    return inside(to)


def inside(file: Path) -> tuple[dict[str, int], tuple[str, ...]]:
    """The rows by table and the migrations in a copy."""
    try:
        with closing(tables.like_ours(str(file))) as database:
            return tables.counted(database), tables.migrations(database)
    except DatabaseError as error:
        raise Unusable(f"{file.name} is no database that SQLite can read: {error}.") from error


def fill(file: Path) -> None:
    """Make the database what the copy is; whatever it holds goes."""
    try:
        with closing(sqlite3.connect(file)) as source, connections["default"].cursor():
            source.backup(connections["default"].connection)
    except sqlite3.Error as error:
        raise Unusable(f"SQLite cannot bring the backup back: {error}.") from error


@contextmanager
def scratch() -> Iterator[BaseDatabaseWrapper]:
    """An empty database of its own, gone afterwards."""
    with TemporaryDirectory(prefix="wastecal-drill-") as folder:
        yield tables.like_ours(str(Path(folder, FILE)))
