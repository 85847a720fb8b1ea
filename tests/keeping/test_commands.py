"""Do the commands of backups speak in sentences, and does a demonstration work without a setting?"""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import execute_from_command_line
from pytest_django import Settings

from tests import town
from tests.keeping.conftest import IDENTITY, database
from wastecal.keeping import keys, tables
from wastecal.models import Rule

Manage = Callable[..., str]


@pytest.fixture
def var(tmp_path: Path, settings: Settings) -> Path:
    """The folder in which a demonstration keeps its key."""
    settings.VAR_DIR = tmp_path / "var"
    settings.BACKUP_RECIPIENTS, settings.PRODUCTION = (), False
    return tmp_path / "var"


@pytest.fixture
def manage(holmby: Path, var: Path, capsys: pytest.CaptureFixture[str]) -> Manage:
    """manage.py in a terminal: what it says on either channel, if it ends with the right number."""

    def called(*words: object, code: int = 0) -> str:
        ended = 0
        try:
            execute_from_command_line(["manage.py", *map(str, words)])
        except SystemExit as end:
            ended = int(end.code or 0)
        seen = capsys.readouterr()
        assert ended == code, seen
        return seen.out + seen.err

    return called


@pytest.fixture
def key(tmp_path: Path, settings: Settings, var: Path) -> Path:
    """A production's key, on another machine; here is only its public half."""
    settings.BACKUP_RECIPIENTS, settings.PRODUCTION = (str(IDENTITY.recipient),), True
    keys.write(tmp_path / "stick" / "backup.key", IDENTITY)
    return tmp_path / "stick" / "backup.key"


def test_a_demonstration_needs_no_setting(manage: Manage, tmp_path: Path, var: Path) -> None:
    file = tmp_path / "x.age"
    said = manage("backup", file)
    assert f"{sum(tables.counted().values())} rows in {len(tables.counted())} tables" in said
    assert "for a demonstration only" in said
    assert (var / "backup.key").stat().st_mode & 0o777 == 0o600
    assert "is whole" in manage("verify_backup", file)
    with database(tmp_path / "empty.sqlite3"):
        said = manage("restore", file)
    assert "The newest Edit is 2." in said


def test_a_production_holds_no_key_that_opens(manage: Manage, key: Path, tmp_path: Path, var: Path) -> None:
    file = tmp_path / "x.age"
    assert "demonstration" not in manage("backup", file)
    assert not var.exists()
    assert "Its key was not tried." in manage("verify_backup", file)
    assert "--key FILE" in manage("drill", "--file", file, code=2)
    with database(tmp_path / "empty.sqlite3"):
        assert "--key FILE" in manage("restore", file, code=2)
        assert "The newest Edit is 2." in manage("restore", file, "--key", key)


def test_a_production_without_a_recipient_says_how_to_get_one(
    manage: Manage, tmp_path: Path, settings: Settings
) -> None:
    settings.PRODUCTION = True
    assert "make_backup_key" in manage("backup", tmp_path / "x.age", code=2)
    assert list(tmp_path.glob("x.age*")) == []


def test_a_key_can_be_typed_in(
    manage: Manage, key: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manage("backup", tmp_path / "x.age")
    monkeypatch.setattr("sys.stdin", io.StringIO(key.read_text()))
    assert "is whole" in manage("verify_backup", tmp_path / "x.age", "--key", "-")


def test_a_made_key_tells_its_public_half(manage: Manage, tmp_path: Path) -> None:
    said = manage("make_backup_key", tmp_path / "new.key")
    (identity,) = keys.identities(tmp_path / "new.key")
    assert f"BACKUP_RECIPIENTS={identity.recipient}\n" in said
    assert "AGE-SECRET-KEY" not in said
    assert "never written over" in manage("make_backup_key", tmp_path / "new.key", code=2)


def test_an_altered_backup_is_refused_by_name(manage: Manage, tmp_path: Path) -> None:
    manage("backup", tmp_path / "x.age")
    whole = (tmp_path / "x.age").read_bytes()
    (tmp_path / "x.age").write_bytes(whole[:-9] + b"x" + whole[-8:])
    assert "x.age has been altered" in manage("verify_backup", tmp_path / "x.age", code=2)
    with database(tmp_path / "empty.sqlite3"):
        assert "x.age has been altered" in manage("restore", tmp_path / "x.age", code=2)


def test_a_missing_backup_is_named(manage: Manage, tmp_path: Path, key: Path) -> None:
    assert "gone.age" in manage("verify_backup", tmp_path / "gone.age", "--key", key, code=2)


def test_the_drill_says_how_long_it_took(manage: Manage) -> None:
    said = manage("drill", "-v", "1")
    assert f"All {len(town.SLUGS) + len(town.ZONES)} answers are the same" in said
    assert "The drill took " in said


def test_the_drill_tries_a_backup_with_its_real_key(manage: Manage, key: Path, tmp_path: Path) -> None:
    manage("backup", tmp_path / "x.age")
    assert "answers are the same" in manage("drill", "--file", tmp_path / "x.age", "--key", key)
    Rule.objects.filter(scope="address:holmby/storgatan/2").delete()
    said = manage("drill", "--file", tmp_path / "x.age", "--key", key, code=1)
    assert "1 of 9 answers differ: holmby/storgatan/2." in said
