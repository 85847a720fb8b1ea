"""How does a data directory become the database, and the database a data directory again?"""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from wastecal import edits
from wastecal.core.directory import TABLES, Directory
from wastecal.importing import directory, plan
from wastecal.importing.plan import Plan
from wastecal.models import TABLES as MODELS
from wastecal.models import Edit, Row

_ORDER = {table.name: table.order for table in TABLES}


def is_empty() -> bool:
    return not Edit.objects.exists()


def preview(content: Directory, *, remove: bool = False) -> Plan:
    """What `apply` would do, without doing it."""
    return plan.of_directory(content, remove=remove)


def apply(
    content: Directory, summary: str, at: datetime, *, remove: bool = False
) -> tuple[Plan, Edit | None]:
    """Make the database say what the directory says: the plan that was carried out, as one Edit or none.

    Into an empty database a directory with edits.csv comes back exactly as it was; one without
    becomes Edit 1, at the time the municipality gives as `created`. `at` is the time of any other.
    """
    if is_empty() and content.edits:
        found = preview(content)
        edits.restore({name: _in_order(name, content) for name in MODELS}, content.edits)
        return found, Edit.objects.order_by("number").last()
    if is_empty():
        at = content.tables["municipality"][-1].created
    return plan.carry_out(lambda: preview(content, remove=remove), summary, at)


def dump(path: Path) -> None:
    """Write everything public in the database to `path` as a data directory."""
    directory.write(path, contents())


def contents() -> Directory:
    """Everything public in the database, in all its versions."""
    tables = {name: tuple(model.values_of(_rows(model))) for name, model in MODELS.items()}
    zone = ZoneInfo(max(tables["municipality"], key=lambda row: row.edit).timezone)
    made = (edit.to_core() for edit in Edit.objects.all())
    return Directory(tables, tuple(replace(edit, at=edit.at.astimezone(zone)) for edit in made))


def _rows(model: type[Row]) -> Any:
    return model._default_manager.order_by("pk")


def _in_order(name: str, content: Directory) -> list[Any]:
    """The rows of a table in canonical order; the municipality and the policy in theirs."""
    rows = content.tables[name]
    return sorted(rows, key=_ORDER[name]) if name in _ORDER else list(rows)
