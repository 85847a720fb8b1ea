"""Is a PostgreSQL database backed up, brought back and drilled as well, beside running writers?"""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests import town
from tests.cluster import Cluster
from wastecal.keeping import keys

ROOT = Path(__file__).resolve().parents[2]

NOTE = "INSERT INTO wastecal_note (scope, text, made_at, made_by) VALUES"


class Installation:
    """wastecal on a PostgreSQL of its own, as its operator sees it."""

    def __init__(self, url: str, folder: Path) -> None:
        self.key, self.folder = folder / "key", folder
        identity = keys.make()
        keys.write(self.key, identity)
        self.variables = {**os.environ, "DATABASE_URL": url, "BACKUP_RECIPIENTS": str(identity.recipient)}

    def manage(self, *words: str, code: int = 0) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env=self.variables,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, done.stderr
        return done.stdout + done.stderr

    def sql(self, statement: str) -> str:
        url = self.variables["DATABASE_URL"]
        done = subprocess.run(["psql", "-Atc", statement, url], capture_output=True, text=True, check=True)
        return done.stdout.strip()


@pytest.fixture(scope="module")
def holmby_database(
    running_cluster: Cluster, migrated: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The name of a database with the town and a private note, to be copied."""
    folder = tmp_path_factory.mktemp("holmby")
    with running_cluster.database(like=migrated) as name:
        made = Installation(running_cluster.url(name), folder)
        made.manage("load", str(town.write(folder / "holmby", town.directory())))
        made.sql(f"{NOTE} ('zone:H1', 'the gate', now(), '')")
        yield name


@pytest.fixture
def holmby(running_cluster: Cluster, holmby_database: str, tmp_path: Path) -> Iterator[Installation]:
    with running_cluster.database(like=holmby_database) as name:
        yield Installation(running_cluster.url(name), tmp_path)


def test_all_comes_back_private_parts_too(holmby: Installation, tmp_path: Path) -> None:
    holmby.manage("dump", str(tmp_path / "before"))
    holmby.manage("backup", str(tmp_path / "x.age"))
    assert "not empty" in holmby.manage("restore", str(tmp_path / "x.age"), "--key", str(holmby.key), code=2)
    holmby.manage("flush", "--no-input", "--verbosity", "0")
    holmby.manage("restore", str(tmp_path / "x.age"), "--key", str(holmby.key))
    holmby.manage("dump", str(tmp_path / "after"))
    assert holmby.sql("SELECT text FROM wastecal_note") == "the gate"
    for file in (tmp_path / "before").iterdir():
        assert (tmp_path / "after" / file.name).read_bytes() == file.read_bytes()
    holmby.sql(f"{NOTE} ('zone:H2', '', now(), '')")


def test_the_drill_leaves_no_database_behind(holmby: Installation, tmp_path: Path) -> None:
    before = holmby.sql("SELECT count(*) FROM pg_database")
    assert "All 9 answers are the same" in holmby.manage("drill")
    assert holmby.sql("SELECT count(*) FROM pg_database") == before


@pytest.fixture
def writer(holmby: Installation) -> Iterator[None]:
    """Someone who writes notes all the time."""
    done = threading.Event()

    def write() -> None:
        with psycopg.connect(holmby.variables["DATABASE_URL"], autocommit=True) as connection:
            while not done.is_set():
                connection.execute(f"{NOTE} ('x', '', now(), '')")

    thread = threading.Thread(target=write)
    thread.start()
    yield
    done.set()
    thread.join()


@pytest.mark.usefixtures("writer")
def test_rows_are_counted_in_the_state_that_is_dumped(holmby: Installation) -> None:
    """Else what came back would have more of them, or fewer, than the backup says."""
    assert "answers are the same" in holmby.manage("drill")


def test_a_changed_byte_is_found_by_name(holmby: Installation, tmp_path: Path) -> None:
    backup = tmp_path / "x.age"
    holmby.manage("backup", str(backup))
    whole = backup.read_bytes()
    backup.write_bytes(whole[:700] + bytes([whole[700] ^ 1]) + whole[701:])
    said = holmby.manage("verify_backup", str(backup), "--key", str(holmby.key), code=2)
    assert "x.age has been altered" in said


def test_the_password_is_on_no_command_line(holmby: Installation, tmp_path: Path) -> None:
    """Whoever is on the machine can read all command lines: pg_dump is watched by one in its place."""
    spy = tmp_path / "bin" / "pg_dump"
    spy.parent.mkdir()
    spy.write_text('#!/bin/sh\necho "$@" >&2\nexit 3\n')
    spy.chmod(0o755)
    holmby.variables["PATH"] = f"{spy.parent}:{holmby.variables['PATH']}"
    said = holmby.manage("backup", str(tmp_path / "x.age"), code=2)
    password = holmby.variables["DATABASE_URL"].split(":")[2].partition("@")[0]
    assert "pg_dump did not succeed: " in said
    assert "--snapshot=" in said
    assert password not in said
    assert not (tmp_path / "x.age").exists()


def test_a_missing_pg_dump_says_what_to_install(holmby: Installation, tmp_path: Path) -> None:
    holmby.variables["PATH"] = str(tmp_path)
    assert "install PostgreSQL's client" in holmby.manage("backup", str(tmp_path / "x.age"), code=2)
