"""How is an Edit taken back? By a new one, which ends what it began and begins anew what it ended."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import Q

from wastecal import edits
from wastecal.core import changes, directory, register, scopes
from wastecal.core.errors import WastecalError
from wastecal.core.overrides import Kind
from wastecal.edits import Write
from wastecal.models import TABLES, Address, Edit, Notice, Override, Rule, ZoneMove

Keyed = tuple[Any, Any]


class CannotUndo(WastecalError):
    """Edit `number` cannot be undone, for Edit `later` rests on it; 0 where the town itself began with it."""

    def __init__(self, number: int, later: int = 0) -> None:
        why = f"Edit {later} rests on it" if later else "nothing was before it"
        super().__init__(f"Edit {number} cannot be undone: {why}")
        self.number = number
        self.later = later


def undo(number: int, summary: str, at: datetime, *, author: str = "") -> Edit | None:
    """Make the Edit that takes back Edit `number`. Raises CannotUndo, and StaleEdit as `edits.record`."""
    return edits.record(lambda: write(number), summary, at, author=author)


def write(number: int) -> Write:
    """What takes back Edit `number`: rows it began end, rows it ended begin anew. Raises CannotUndo.

    Versions begin anew with numbers of their own, and overrides with keys, but for added collections:
    these are the same ones again.
    """
    begin: dict[str, list[Any]] = {}
    end: dict[str, list[Any]] = {}
    for name in TABLES:
        begun, ended = _touched(name, number)
        if name == "shifts":
            begin[name], end[name] = _policy(number) if begun or ended else ([], [])
            continue
        for _, row in begun:
            if row.ended_edit is not None:
                raise CannotUndo(number, row.ended_edit)
        begin[name] = [replace(row, edit=0, ended_edit=None) for _, row in ended]
        end[name] = [pk for pk, _ in begun]
        _check_room(name, number, begin[name], begun)
        _check_names(name, number, begin[name], begun)
    return Write(begin, end)


def withdrawal(keys: Iterable[str]) -> Write:
    """What ends the live overrides with these keys."""
    found = Override.objects.filter(key__in=list(keys), ended_edit=None)
    return Write({}, {"overrides": list(found.order_by("pk").values_list("pk", flat=True))})


def _touched(name: str, number: int) -> tuple[list[Keyed], list[Keyed]]:
    model = TABLES[name]
    rows = model._default_manager.order_by("pk")
    return list(model.keyed(rows.filter(edit=number))), list(model.keyed(rows.filter(ended_edit=number)))


def _policy(number: int) -> tuple[list[Any], list[Any]]:
    """The policy's order counts, so it is brought back as a whole, if it is still as that Edit left it."""
    model = TABLES["shifts"]
    rows = list(model.keyed(model._default_manager.order_by("pk")))
    newest = max(row.ended_edit or row.edit for _, row in rows)
    if newest > number:
        raise CannotUndo(number, newest)
    now = [(pk, row) for pk, row in rows if row.ended_edit is None]
    wanted = [row for row in register.as_of([row for _, row in rows], number - 1) if row.ended_edit is None]
    found = changes.diff_in_order([row for _, row in now], wanted)
    kept = len(now) - len(found.ended)
    return [replace(row, edit=0) for row in found.begun], [pk for pk, _ in now[kept:]]


def _check_room(name: str, number: int, fresh: Iterable[Any], begun: Iterable[Keyed]) -> None:
    """Nothing else may have taken the place of what comes back."""
    if name == "municipality" and begun and not list(fresh):
        raise CannotUndo(number)
    wanted = {_identity(name, row) for row in fresh} - {None}
    if not wanted:
        return
    model = TABLES[name]
    live = model.values_of(_alike(name, model, fresh).filter(ended_edit=None).exclude(edit=number))
    for row in live:
        if _identity(name, row) in wanted:
            raise CannotUndo(number, row.edit)


def _identity(name: str, row: Any) -> Any:
    if name in ("overrides", "notices"):
        return (row.key,) if getattr(row, "kind", "") is Kind.ADD else None
    return ("municipality",) if name == "municipality" else directory.identity(row)


def _alike(name: str, model: Any, rows: Iterable[Any]) -> Any:
    if name == "addresses":
        return model._default_manager.filter(street__in={row.street for row in rows})
    return model._default_manager.all()


def _check_names(name: str, number: int, fresh: Iterable[Any], begun: Iterable[Keyed]) -> None:
    """No later row may speak of a zone, container or address that would be there no longer."""
    column = {"zones": "code", "containers": "code", "addresses": "slug"}.get(name)
    if column is None:
        return
    back = {getattr(row, column) for row in fresh}
    for what in {getattr(row, column) for _, row in begun} - back:
        for rows in _speaking_of(name, what):
            later = rows.filter(ended_edit=None).exclude(edit=number).order_by("-edit").first()
            if later is not None:
                raise CannotUndo(number, later.edit_id)


def _speaking_of(name: str, what: str) -> Iterator[Any]:
    if name == "containers":
        yield Rule.objects.filter(container=what)
        yield Override.objects.filter(containers=(what,))
        return
    scope = scopes.zone(what) if name == "zones" else scopes.address(what)
    yield Rule.objects.filter(scope=scope)
    yield Override.objects.filter(scope=scope)
    yield Notice.objects.filter(scope=scope)
    yield ZoneMove.objects.filter(Q(zone=what) if name == "zones" else Q(address=what))
    if name == "zones":
        yield Address.objects.filter(zone=what)
