"""What is in the database, table by table, and is it anything that somebody would miss?"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader

from wastecal import answers

_MIGRATIONS = "django_migrations"
# `migrate` fills these by itself in an empty database.
_MADE_BY_MIGRATE = {_MIGRATIONS, "django_content_type", "auth_permission", "django_site"}


def counted(database: BaseDatabaseWrapper | None = None) -> dict[str, int]:
    """The number of rows of every table, by its name."""
    database = database or connections["default"]
    with database.cursor() as cursor:
        found = {}
        for table in sorted(database.introspection.table_names(cursor)):
            cursor.execute(f"SELECT count(*) FROM {database.ops.quote_name(table)}")
            found[table] = int(cursor.fetchone()[0])
    return found


def is_empty(rows: Mapping[str, int]) -> bool:
    return not any(count for table, count in rows.items() if table not in _MADE_BY_MIGRATE)


def migrations(database: BaseDatabaseWrapper | None = None) -> tuple[str, ...]:
    """The migrations that have been applied, as `app.name`."""
    database = database or connections["default"]
    with database.cursor() as cursor:
        if _MIGRATIONS not in database.introspection.table_names(cursor):
            return ()
        cursor.execute(f"SELECT app, name FROM {_MIGRATIONS}")
        return tuple(sorted(".".join(row) for row in cursor.fetchall()))


def unknown(names: tuple[str, ...]) -> list[str]:
    """Those migrations that this release does not have: a newer one has made them."""
    ours = {".".join(key) for key in MigrationLoader(None).disk_migrations}
    return [name for name in names if name not in ours]


def like_ours(name: str) -> BaseDatabaseWrapper:
    """A connection to another database on the same server, or in another file."""
    ours = connections["default"]
    return type(ours)({**ours.settings_dict, "NAME": name}, "default")


@contextmanager
def instead(other: BaseDatabaseWrapper) -> Iterator[None]:
    """Inside this block every question goes to the other database; then it is closed."""
    ours = connections["default"]
    connections["default"] = other
    answers.forget()
    try:
        yield
    finally:
        other.close()
        connections["default"] = ours
        answers.forget()


def vendor() -> str:
    return connection.vendor
