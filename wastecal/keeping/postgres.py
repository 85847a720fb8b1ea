"""How does a PostgreSQL database become a file beside its running writers, and come back from it?"""

import os
import secrets
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.client import DatabaseClient
from django.db.utils import ProgrammingError

from wastecal.keeping import tables
from wastecal.keeping.refusal import Unusable

FILE = "database.pgdump"


def copy(to: Path) -> tuple[dict[str, int], tuple[str, ...]]:
    """Write one consistent state to the file `to`; the rows by table, and the migrations in it.

    The rows are counted in the very snapshot that pg_dump reads, whoever writes meanwhile.
    """
    with closing(tables.like_ours(connections["default"].settings_dict["NAME"])) as database:
        with database.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = cursor.fetchone()[0]
        found = tables.counted(database), tables.migrations(database)
        options = ("--format=custom", "--no-owner", "--no-privileges")
        _run("pg_dump", *options, f"--snapshot={snapshot}", f"--file={to}")
    return found


def fill(file: Path) -> None:
    """Make the database what the copy is; whatever it holds goes."""
    database = connections["default"]
    with database.cursor() as cursor:
        for table in database.introspection.table_names(cursor):
            cursor.execute(f"DROP TABLE {database.ops.quote_name(table)} CASCADE")
    _run("pg_restore", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error", str(file))


@contextmanager
def scratch() -> Iterator[BaseDatabaseWrapper]:
    """An empty database of its own on the same server, gone afterwards."""
    name = f"wastecal_drill_{secrets.token_hex(6)}"
    _administer(f"CREATE DATABASE {name}")
    try:
        yield tables.like_ours(name)
    finally:
        _administer(f"DROP DATABASE {name}")


def _administer(statement: str) -> None:
    ours = connections["default"]
    with closing(tables.like_ours(ours.settings_dict["NAME"])) as database, database.cursor() as cursor:
        try:
            cursor.execute(statement)
        except ProgrammingError as error:
            raise Unusable(
                f"PostgreSQL does not let {ours.settings_dict['USER']} make a database for the drill; "
                f"let it, by ALTER ROLE {ours.settings_dict['USER']} CREATEDB."
            ) from error


def _run(program: str, *arguments: str) -> None:
    """One of PostgreSQL's own programs on our database; the password goes by the environment."""
    settings = connections["default"].settings_dict
    (_psql, *address, name), environment = DatabaseClient.settings_to_cmd_args_env(settings, [])
    command = [program, *address, f"--dbname={name}", *arguments]
    try:
        done = subprocess.run(
            command,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
    except FileNotFoundError as error:
        raise Unusable(
            f"{program} is missing; install PostgreSQL's client (Debian: apt install postgresql-client)."
        ) from error
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
        raise Unusable(f"{program} did not succeed: {said[0]}")
