"""How does anything public change? One transaction and one numbered Edit for every write."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import count
from typing import Any

from django.db import connection, transaction

from wastecal.core import evidence as observed
from wastecal.core.errors import WastecalError
from wastecal.core.overrides import Kind
from wastecal.core.recurrence import Provenance, Rule
from wastecal.models import TABLES, Edit, Evidence, Notice
from wastecal.models import Override as OverrideRow
from wastecal.models import Rule as RuleRow

_BATCH = 500
_KEYED: Mapping[str, type[OverrideRow | Notice]] = {"overrides": OverrideRow, "notices": Notice}


class StaleEdit(WastecalError):
    """A row that was to be ended has been ended by another Edit in the meantime."""


@dataclass(frozen=True, slots=True)
class Write:
    """What one Edit does: core rows to begin, and primary keys of rows to end, by table name."""

    begin: Mapping[str, Sequence[Any]]
    end: Mapping[str, Sequence[Any]]

    def __bool__(self) -> bool:
        return any(self.begin.values()) or any(self.end.values())


def record(
    plan: Callable[[], Write],
    summary: str,
    at: datetime,
    *,
    author: str = "",
    then: Callable[[Edit], object] = lambda edit: None,
) -> Edit | None:
    """Make one Edit of what `plan` says, or none where it says nothing.

    `plan` is called inside the transaction, when no other writer can come between, and so is `then`
    once all is written. Times never run backwards: an Edit is at the earliest when the one before it
    was. Raises StaleEdit.
    """
    with transaction.atomic():
        last = _newest_locked()
        write = plan()
        if not write:
            return None
        at = max(at.replace(microsecond=0), last.at) if last else at.replace(microsecond=0)
        number = last.number + 1 if last else 1
        edit = Edit.objects.create(number=number, at=at, summary=summary, author=author)
        begun = versions(write, number)
        _end(write.end, edit)
        for table, rows in begun.items():
            TABLES[table].begin(rows)
        then(edit)
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
    return record(lambda: adoption(proposed, at.date()), summary, at, author=author)


def adoption(proposals: Iterable[Proposal], today: date) -> Write:
    """What makes rules of guesses as things are now; nothing where they are rules already.

    What was confirmed and is over displaces nothing: on its own days it goes before them anyhow.
    """
    live = list(RuleRow.keyed(RuleRow.objects.filter(ended_edit=None).order_by("pk")))
    confirmed = {
        (row.scope, row.container)
        for _, row in live
        if row.provenance is Provenance.CONFIRMED and (row.valid_until is None or row.valid_until > today)
    }
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


def receive(rows: Sequence[observed.Evidence]) -> int:
    """Keep what somebody sends in at once of one street, as far as it is not there yet; how many records.

    The rows have one `sending`. Where an earlier one says all of it nothing is kept: most
    likely it is the same text once more. It is private and makes no Edit.
    """
    first, wanted = rows[0], {(row.date, row.container, row.kind.value) for row in rows}
    with transaction.atomic():
        near = Evidence.objects.filter(locality=first.locality, street=first.street).exclude(sending="")
        held = defaultdict[str, set[tuple[date, str, str]]](set)
        for sending, day, container, kind in near.values_list("sending", "date", "container", "kind"):
            held[sending].add((day, container, kind))
        if any(sights >= wanted for sights in held.values()):
            return 0
        own = held[first.sending]
        fresh = [row for row in dict.fromkeys(rows) if (row.date, row.container, row.kind.value) not in own]
        Evidence.objects.bulk_create(map(Evidence.of, fresh))
        return len(fresh)


def unobserve(sending: str) -> int:
    """Forget the evidence that was sent in together under this number; how many records that was."""
    return Evidence.objects.filter(sending=sending).delete()[0] if sending else 0


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


def versions(write: Write, number: int) -> dict[str, list[Any]]:
    """The rows that begin as the Edit with this number makes them: its versions, with permanent keys."""
    found = {}
    for table, rows in write.begin.items():
        fresh = [replace(row, edit=number, ended_edit=None) for row in rows]
        ended = frozenset(write.end.get(table, ()))
        found[table] = list(_keyed(table, fresh, ended, number)) if table in _KEYED else fresh
    return found


def _keyed(table: str, rows: Iterable[Any], ended: Collection[Any], number: int) -> Iterator[Any]:
    """The rows with permanent keys: their own where it is given and free, else the next one.

    An added collection is named by its key in calendars. Moved, changed or brought back it is the same
    one, so its key is free as soon as no row has it that goes on being in force. Others are never used
    again: their index tells which of two is the newer.
    """
    held = list(_KEYED[table]._default_manager.values_list("pk", "key", "ended_edit"))
    ever = {key for _, key, _ in held}
    now = {key for pk, key, gone in held if not gone and pk not in ended}
    fresh = (f"{number}.{index}" for index in count(1))
    for row in rows:
        is_extra = getattr(row, "kind", "") is Kind.ADD
        key = row.key
        if not key or key in (now if is_extra else ever):
            key = next(name for name in fresh if name not in ever)
        ever.add(key)
        now.add(key)
        yield replace(row, key=key)
