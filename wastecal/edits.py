"""How does anything public change? One transaction and one numbered Edit for every write."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from wastecal.core.errors import WastecalError
from wastecal.core.recurrence import Provenance, Rule
from wastecal.models import TABLES, Edit, Evidence, Notice, Override
from wastecal.models import Rule as RuleRow

_BATCH = 500


class StaleEdit(WastecalError):
    """A row that was to be ended has been ended by another Edit in the meantime."""


@dataclass(frozen=True, slots=True)
class Write:
    """What one Edit does: core rows to begin, and primary keys of rows to end, by table name."""

    begin: Mapping[str, Sequence[Any]]
    end: Mapping[str, Sequence[Any]]

    def __bool__(self) -> bool:
        return any(self.begin.values()) or any(self.end.values())


def record(plan: Callable[[], Write], summary: str, at: datetime, *, author: str = "") -> Edit | None:
    """Make one Edit of what `plan` says, or none where it says nothing.

    `plan` is called inside the transaction, when no other writer can come between. Times never
    run backwards: an Edit is at the earliest when the one before it was. Raises StaleEdit.
    """
    with transaction.atomic():
        last = _newest_locked()
        write = plan()
        if not write:
            return None
        at = max(at.replace(microsecond=0), last.at) if last else at.replace(microsecond=0)
        number = last.number + 1 if last else 1
        edit = Edit.objects.create(number=number, at=at, summary=summary, author=author)
        _end(write.end, edit)
        for table, rows in write.begin.items():
            TABLES[table].begin(_versions(table, rows, number))
        return edit


@dataclass(frozen=True, slots=True)
class Proposal:
    """A guess that somebody wants for a rule. A confirmed rule for its container displaces it where it
    has the same scope or one of `wider`, which bear on the same addresses."""

    rule: Rule
    wider: frozenset[str] = frozenset()


def adopt(proposals: Iterable[Proposal], summary: str, at: datetime, *, author: str = "") -> Edit | None:
    """Make rules of guesses, in place of earlier guesses for the same scope and container."""
    proposed = list(proposals)
    return record(lambda: _adoption(proposed), summary, at, author=author)


def _adoption(proposals: Iterable[Proposal]) -> Write:
    live = list(RuleRow.keyed(RuleRow.objects.filter(ended_edit=None).order_by("pk")))
    confirmed = {(row.scope, row.container) for _, row in live if row.provenance is Provenance.CONFIRMED}
    wanted = [
        row.rule
        for row in proposals
        if not any((scope, row.rule.container) in confirmed for scope in {row.rule.scope, *row.wider})
    ]
    places = {(row.scope, row.container) for row in wanted}
    guesses = {
        pk: replace(row, edit=0)
        for pk, row in live
        if row.provenance is Provenance.RECONSTRUCTED and (row.scope, row.container) in places
    }
    known = set(guesses.values())
    ended = [pk for pk, row in guesses.items() if row not in wanted]
    return Write({"rules": [row for row in wanted if row not in known]}, {"rules": ended})


def observe(rows: Iterable[Evidence]) -> int:
    """Keep evidence that is not there yet, all of it or, where `rows` fails, none; how many.

    It is private and makes no Edit.
    """
    before = Evidence.objects.count()
    with transaction.atomic():
        Evidence.keep(rows)
        return Evidence.objects.count() - before


def restore(tables: Mapping[str, Iterable[Any]], edits: Iterable[Any]) -> None:
    """Fill an empty database with rows in all their versions, and the Edits that made them."""
    with transaction.atomic():
        if _newest_locked() is not None:
            raise WastecalError("the database is not empty")
        Edit.objects.bulk_create(
            (Edit(number=edit.number, at=edit.at, summary=edit.summary) for edit in edits), batch_size=1000
        )
        for table, rows in tables.items():
            TABLES[table].begin(rows)


def _newest_locked() -> Edit | None:
    """The newest Edit, with all other writers kept out until the transaction ends.

    SQLite locks with BEGIN IMMEDIATE (settings); PostgreSQL needs to be told.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {Edit._meta.db_table} IN EXCLUSIVE MODE")
    return Edit.objects.order_by("-number").first()


def _end(ended: Mapping[str, Sequence[Any]], edit: Edit) -> None:
    for table, keys in ended.items():
        for start in range(0, len(keys), _BATCH):
            batch = keys[start : start + _BATCH]
            rows = TABLES[table]._default_manager.filter(pk__in=batch, ended_edit=None)
            if rows.update(ended_edit=edit) != len(batch):
                raise StaleEdit(f"a row of {table} has changed in the meantime")


def _versions(table: str, rows: Sequence[Any], number: int) -> Iterable[Any]:
    fresh = [replace(row, edit=number, ended_edit=None) for row in rows]
    return _keyed(table, fresh, number) if table in ("overrides", "notices") else fresh


def _keyed(table: str, rows: Iterable[Any], number: int) -> Iterable[Any]:
    """The rows with permanent keys: their own where it is given and free, else the next one."""
    model = Override if table == "overrides" else Notice
    taken = set(model._default_manager.values_list("key", flat=True))
    index = 0
    for row in rows:
        key = row.key
        while not key or key in taken:
            index += 1
            key = f"{number}.{index}"
        taken.add(key)
        yield replace(row, key=key)
