"""What do the tests of backups stand on: a town with secrets in a database, and an empty one beside it?"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from tests import town
from wastecal.keeping import keys, tables
from wastecal.models import Evidence, Note, Suspension

IDENTITY = keys.Identity(bytes(range(32)))


@contextmanager
def database(file: Path) -> Iterator[None]:
    """Inside this block every question goes to this SQLite file: a backup copies files, not memory."""
    with tables.instead(tables.like_ours(str(file))):
        yield


@pytest.fixture(scope="session")
def holmby_file(
    tmp_path_factory: pytest.TempPathFactory, migrated_file: Path, django_db_blocker: DjangoDbBlocker
) -> Path:
    """The town with a history of two Edits, and with what only a backup holds."""
    file = Path(shutil.copy(migrated_file, tmp_path_factory.mktemp("holmby") / "holmby.sqlite3"))
    with django_db_blocker.unblock(), database(file):
        town.load(town.directory())
        town.load(town.directory(overrides=town.OVERRIDES[1:]))
        Suspension.objects.create(address=town.H1, starts=date(2026, 11, 1), cause="away", made_at=town.NOON)
        Note.objects.create(scope="zone:H1", text="the gate's code", made_at=town.NOON)
        Evidence.objects.create(
            date=date(2026, 11, 12), locality="Holmby", street="Storgatan", kind="collected"
        )
    return file


@pytest.fixture
def holmby(db: None, holmby_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of that database, which every question goes to."""
    file = Path(shutil.copy(holmby_file, tmp_path_factory.mktemp("live")))
    with database(file):
        yield file
