"""Does the drill compare every answer, and does it notice the one that is not the same?"""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connections

from tests import town
from tests.keeping.conftest import IDENTITY
from wastecal import answers
from wastecal.keeping import backups, drilling, tables
from wastecal.keeping.drilling import Outcome
from wastecal.models import Address, Note, Rule

pytestmark = pytest.mark.usefixtures("holmby")
PLACES = len(town.SLUGS) + len(town.ZONES)


@pytest.fixture
def backup(holmby: Path, tmp_path: Path) -> Path:
    path = tmp_path / "holmby.age"
    backups.write(path, [IDENTITY.recipient], town.NOON)
    return path


def drilled(backup: Path) -> Outcome:
    with drilling.restored(backup, [IDENTITY]) as scratch:
        return drilling.compare(scratch, town.TODAY)


def test_every_address_and_zone_is_compared(backup: Path) -> None:
    assert drilled(backup) == Outcome(PLACES, ())


def test_an_answer_that_differs_is_named(backup: Path) -> None:
    Rule.objects.filter(scope="address:holmby/storgatan/2").delete()
    answers.forget()
    assert drilled(backup) == Outcome(PLACES, ("holmby/storgatan/2",))


def test_an_address_that_is_gone_is_named(backup: Path) -> None:
    Address.objects.filter(slug=town.H1).delete()
    assert drilled(backup).differing == (town.H1,)


def test_edits_made_since_the_backup_are_no_difference(backup: Path) -> None:
    town.load(town.directory(rules=town.RULES[1:]))
    assert answers.newest_edit() == 3
    assert drilled(backup) == Outcome(PLACES, ())


def test_nothing_of_a_drill_is_left_behind(backup: Path) -> None:
    live, rows = connections["default"], tables.counted()
    with drilling.restored(backup, [IDENTITY]) as scratch:
        place = Path(scratch.settings_dict["NAME"])
        assert place.exists()
        assert connections["default"] is live
    assert not place.parent.exists()
    assert tables.counted() == rows


@pytest.fixture
def writer(holmby: Path) -> Iterator[None]:
    """Someone who writes two rows that belong together, all the time."""
    done = threading.Event()

    def write() -> None:
        other = tables.like_ours(str(holmby))
        with other.cursor() as cursor:
            while not done.is_set():
                cursor.execute("BEGIN IMMEDIATE")
                for _ in range(2):
                    cursor.execute(
                        "INSERT INTO wastecal_note (scope, text, made_at, made_by)"
                        " VALUES ('zone:H1', '', %s, '')",
                        [datetime.now(UTC).isoformat()],
                    )
                cursor.execute("COMMIT")
        other.close()

    thread = threading.Thread(target=write)
    thread.start()
    yield
    done.set()
    thread.join()


@pytest.mark.usefixtures("writer")
def test_a_backup_beside_a_running_writer_holds_whole_transactions(tmp_path: Path) -> None:
    found = []
    for number in range(20):
        manifest = backups.write(tmp_path / f"{number}.age", [IDENTITY.recipient], town.NOON)
        found.append(manifest.rows["wastecal_note"])
    assert all(count % 2 == 1 for count in found)  # one was there before
    assert len(set(found)) > 10
    assert found[-1] < Note.objects.count()
