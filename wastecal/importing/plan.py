"""What would loading change? A plan that a person can read, and that `edits` can write."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wastecal import edits
from wastecal.core import changes, directory, slugs
from wastecal.core.changes import Changes
from wastecal.core.directory import TABLES, Directory
from wastecal.core.recurrence import Provenance, Rule
from wastecal.core.rows import Address
from wastecal.edits import Write
from wastecal.models import TABLES as MODELS
from wastecal.models import Edit, Row

_ORDER = {table.name: table.order for table in TABLES}


@dataclass(frozen=True, slots=True)
class Plan:
    """Changes by table name; the primary keys of what ends; addresses the file lacks, kept."""

    changes: Mapping[str, Changes]
    keys: Mapping[str, Sequence[Any]]
    kept: tuple[Address, ...] = ()
    superseded: tuple[Rule, ...] = ()

    def __bool__(self) -> bool:
        return any(self.changes.values())

    def write(self) -> Write:
        return Write({name: found.begun for name, found in self.changes.items()}, self.keys)


def carry_out(make: Callable[[], Plan], summary: str, at: datetime) -> tuple[Plan, Edit | None]:
    """Make the plan behind the writers' lock and write it as one Edit, or none where it is empty."""
    plans: list[Plan] = []

    def write() -> Write:
        plans.append(make())
        return plans[0].write()

    edit = edits.record(write, summary, at)
    return plans[0], edit


def of_directory(content: Directory, *, remove: bool) -> Plan:
    """What makes the database say what the directory says; addresses end only with `remove`."""
    found: dict[str, Changes] = {}
    keys: dict[str, list[Any]] = {}
    kept: tuple[Address, ...] = ()
    for name, model in MODELS.items():
        live = _live(model)
        old, new = [row for _, row in live], list(content.tables[name])
        if name == "addresses":
            found[name], kept = _addresses(old, new, remove=remove)
        elif name == "shifts":
            found[name] = changes.diff_in_order(old, new)
        else:
            found[name] = changes.diff(old, sorted(new, key=_ORDER.get(name, _alone)), _identity(name))
        keys[name] = _keys(live, found[name].ended)
    superseded = _superseded(found["rules"], content.tables["rules"])
    return Plan(found, keys, kept, superseded)


def of_addresses(new: Iterable[Address], *, remove: bool) -> Plan:
    """What makes the addresses those of a file, and changes nothing else."""
    live = _live(MODELS["addresses"])
    found, kept = _addresses([row for _, row in live], list(new), remove=remove)
    return Plan({"addresses": found}, {"addresses": _keys(live, found.ended)}, kept)


def _addresses(
    old: Sequence[Address], new: list[Address], *, remove: bool
) -> tuple[Changes, tuple[Address, ...]]:
    wanted = [row for row in new if row.ended_edit is None]
    history = MODELS["addresses"].values_of(_all(MODELS["addresses"]).order_by("pk"))
    settled = slugs.settle(wanted, list(history))
    slugs_wanted = {row.slug for row in settled}
    gone = tuple(row for row in old if row.slug not in slugs_wanted)
    kept = () if remove else gone
    stays = {row.slug for row in kept}
    return changes.diff((row for row in old if row.slug not in stays), settled, lambda row: row.slug), kept


def _live(model: type[Row]) -> list[tuple[Any, Any]]:
    return list(model.keyed(_all(model).filter(ended_edit=None).order_by("pk")))


def _all(model: type[Row]) -> Any:
    return model._default_manager.all()


def _keys(live: Iterable[tuple[Any, Any]], ended: Iterable[Any]) -> list[Any]:
    """The primary keys of the rows that end; of two alike each once."""
    by_identity = {id(row): pk for pk, row in live}
    return [by_identity[id(row)] for row in ended]


def _identity(name: str) -> Callable[[Any], Hashable | None]:
    if name == "municipality":
        return _alone
    if name == "rules":
        return lambda rule: (rule.scope, rule.container, rule.valid_from)
    return directory.identity


def _alone(row: Any) -> int:
    return 0


def _superseded(found: Changes, wanted: Sequence[Rule]) -> tuple[Rule, ...]:
    """The guesses that a new confirmed rule for the same container and scope displaces."""
    fresh = {(rule.scope, rule.container) for rule in found.begun if rule.provenance is Provenance.CONFIRMED}
    guesses = (
        rule
        for rule in (*found.ended, *wanted)
        if rule.ended_edit is None and rule.provenance is not Provenance.CONFIRMED
    )
    return tuple(rule for rule in guesses if (rule.scope, rule.container) in fresh)
