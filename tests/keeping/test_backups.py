"""Does the whole database come back from a backup, and nothing from one that is not whole?"""

import json
import random
import sqlite3
import subprocess
import tarfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from tests import town
from tests.keeping.conftest import IDENTITY, database
from wastecal import answers
from wastecal.keeping import archive, backups, keys, tables
from wastecal.keeping.archive import Manifest
from wastecal.keeping.envelope import Sealing
from wastecal.keeping.refusal import Altered, Unusable
from wastecal.models import Note, Suspension

pytestmark = pytest.mark.usefixtures("holmby")
OTHER = keys.Identity(b"B" * 32)


@pytest.fixture
def backup(holmby: Path, tmp_path: Path) -> Path:
    path = tmp_path / "holmby.age"
    backups.write(path, [IDENTITY.recipient], town.NOON)
    return path


def forged(backup: Path, change: Callable[[Manifest, Path], Manifest]) -> Path:
    """A backup that is sealed as rightly as ours, after something has been changed in it."""
    folder = backup.parent / "inside"
    folder.mkdir()
    manifest = change(backups.unpack(backup, [IDENTITY], folder), folder)
    with backup.open("wb") as file:
        archive.write(Sealing(file, [IDENTITY.recipient]), manifest, folder, lambda: None)
    return backup


def test_all_comes_back_private_parts_too(backup: Path, tmp_path: Path) -> None:
    rows, answer = tables.counted(), answers.for_address(town.H1, town.TODAY)
    before = answers.for_address(town.H1, town.TODAY, as_of=1)
    with database(tmp_path / "empty.sqlite3"):
        manifest = backups.restore(backup, [IDENTITY])
        assert tables.counted() == manifest.rows == rows
        assert answers.for_address(town.H1, town.TODAY) == answer
        assert answers.for_address(town.H1, town.TODAY, as_of=1) == before != answer
        assert Suspension.objects.get().cause == "away"
        assert Note.objects.get().text == "the gate's code"


def test_public_tools_open_it_too(backup: Path, tmp_path: Path) -> None:
    keys.write(tmp_path / "key", IDENTITY)
    packed = subprocess.run(["age", "-d", "-i", tmp_path / "key", backup], check=True, capture_output=True)
    with tarfile.open(fileobj=BytesIO(packed.stdout), mode="r:gz") as tar:
        tar.extractall(tmp_path / "tar", filter="data")
    manifest = json.loads((tmp_path / "tar" / "manifest.json").read_text())
    assert manifest["rows"]["wastecal_suspension"] == 1
    with closing(sqlite3.connect(tmp_path / "tar" / "database.sqlite3")) as found:
        assert found.execute("SELECT cause FROM wastecal_suspension").fetchall() == [("away",)]
    subprocess.run(["sha256sum", "-c", "--quiet", f"{backup.name}.sha256"], cwd=tmp_path, check=True)


def test_nothing_in_it_can_be_read_without_the_key(backup: Path) -> None:
    assert b"away" not in backup.read_bytes()
    assert backup.stat().st_mode & 0o777 == 0o600
    with pytest.raises(Unusable, match=r"does not open holmby\.age"):
        backups.verify(backup, [OTHER])


def test_a_database_with_anything_in_it_is_left_alone(backup: Path) -> None:
    rows = tables.counted()
    with pytest.raises(Unusable, match="not empty"):
        backups.restore(backup, [IDENTITY])
    assert tables.counted() == rows


def test_one_private_note_is_enough_to_be_not_empty(backup: Path) -> None:
    town.empty()
    Suspension.objects.all().delete()
    with pytest.raises(Unusable, match="not empty"):
        backups.restore(backup, [IDENTITY])


def test_what_migrate_makes_is_empty() -> None:
    made = dict.fromkeys(tables.counted(), 0)
    assert tables.is_empty(
        {**made, "django_migrations": 9, "django_content_type": 30, "auth_permission": 120}
    )
    assert not tables.is_empty({**made, "auth_user": 1})


def test_a_backup_is_never_written_over(backup: Path) -> None:
    before = backup.read_bytes()
    with pytest.raises(Unusable, match="never written over"):
        backups.write(backup, [IDENTITY.recipient], town.NOON)
    assert backup.read_bytes() == before


def test_a_backup_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(archive, "write", full)
    with pytest.raises(OSError, match="No space left"):
        backups.write(tmp_path / "x.age", [IDENTITY.recipient], town.NOON)
    assert list(tmp_path.iterdir()) == []


def changes(backup: Path, count: int) -> int:
    """Of so many changes of one byte anywhere in a backup or its sum, how many are found by name?"""
    chance, found = random.Random(2024), 0
    for _ in range(count):
        file = chance.choices([backup, backups.sum_file(backup)], [9, 1])[0]
        whole = file.read_bytes()
        place = chance.randrange(len(whole))
        file.write_bytes(
            whole[:place] + bytes([whole[place] ^ chance.randrange(1, 256)]) + whole[place + 1 :]
        )
        found += is_found(backup, by_key=file == backup)
        file.write_bytes(whole)
    return found


def is_found(backup: Path, *, by_key: bool) -> bool:
    """By the sum beside it, where nobody has the key, and by whoever has it."""
    with pytest.raises(Unusable, match=r"holmby\.age"):
        backups.undamaged(backup)
    if by_key:
        with pytest.raises(Unusable, match=r"holmby\.age"):
            backups.verify(backup, [IDENTITY])
    return True


def test_a_changed_byte_is_found_by_name(backup: Path) -> None:
    assert changes(backup, 40) == 40
    assert backups.verify(backup, [IDENTITY]).rows == tables.counted()
    assert backups.undamaged(backup) == archive.digest(backup)


@pytest.mark.nightly
def test_of_1000_changed_bytes_1000_are_found(backup: Path) -> None:
    assert changes(backup, 1000) == 1000


def test_nothing_is_touched_by_an_altered_backup(backup: Path, tmp_path: Path) -> None:
    whole = backup.read_bytes()
    backup.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    with database(tmp_path / "empty.sqlite3"):
        with pytest.raises(Altered, match=r"holmby\.age has been altered"):
            backups.restore(backup, [IDENTITY])
        assert tables.counted() == {}


def test_a_file_inside_that_was_exchanged_is_named(backup: Path) -> None:
    def exchange(manifest: Manifest, folder: Path) -> Manifest:
        with closing(sqlite3.connect(folder / "database.sqlite3", isolation_level=None)) as inside:
            inside.execute("UPDATE wastecal_note SET text = 'x'")
        return manifest

    with pytest.raises(Altered, match=r"database\.sqlite3 in holmby\.age is not the file"):
        backups.verify(forged(backup, exchange), [IDENTITY])


def test_a_manifest_that_counts_otherwise_is_refused(backup: Path) -> None:
    def recount(manifest: Manifest, folder: Path) -> Manifest:
        return replace(manifest, rows={**manifest.rows, "wastecal_note": 2})

    with pytest.raises(Altered, match="other numbers of rows"):
        backups.verify(forged(backup, recount), [IDENTITY])


def test_a_file_that_leads_out_of_the_folder_is_not_written(backup: Path) -> None:
    def lead_out(manifest: Manifest, folder: Path) -> Manifest:
        (folder.parent / "escaped").write_bytes(b"x")
        return replace(
            manifest, files={**manifest.files, "../escaped": archive.digest(folder.parent / "escaped")}
        )

    with pytest.raises(Altered, match="escaped"):
        backups.verify(forged(backup, lead_out), [IDENTITY])


def test_a_backup_of_a_newer_release_says_so(backup: Path, tmp_path: Path) -> None:
    def newer(manifest: Manifest, folder: Path) -> Manifest:
        return replace(manifest, migrations=(*manifest.migrations, "wastecal.9999_later"))

    path = forged(backup, newer)
    with database(tmp_path / "empty.sqlite3"), pytest.raises(Unusable, match=r"newer release .*9999_later"):
        backups.restore(path, [IDENTITY])


def test_a_backup_of_another_kind_of_database_says_so(backup: Path, tmp_path: Path) -> None:
    def other(manifest: Manifest, folder: Path) -> Manifest:
        return replace(manifest, engine="postgresql")

    path = forged(backup, other)
    with database(tmp_path / "empty.sqlite3"), pytest.raises(Unusable, match="made from PostgreSQL"):
        backups.restore(path, [IDENTITY])


def test_a_sealed_file_that_is_no_backup_says_so(tmp_path: Path) -> None:
    with (tmp_path / "x.age").open("wb") as file:
        sealing = Sealing(file, [IDENTITY.recipient])
        sealing.write(b"my diary")
        sealing.finish()
    with pytest.raises(Altered, match="holds no backup of wastecal"):
        backups.verify(tmp_path / "x.age", [IDENTITY])


def test_the_sum_beside_it_is_asked_for_where_there_is_no_key(backup: Path) -> None:
    backups.sum_file(backup).unlink()
    with pytest.raises(Unusable, match="--key"):
        backups.undamaged(backup)
