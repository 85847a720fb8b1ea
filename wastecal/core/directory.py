"""Which tables make up a data directory, and what must hold between them?"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wastecal.core import addresses, collation, recurrence, schedule
from wastecal.core.errors import InvalidRule, Problem
from wastecal.core.overrides import Kind, Override, Reason
from wastecal.core.recurrence import Provenance, Rule
from wastecal.core.rows import Address, Container, Edit, Municipality, Notice, Zone, ZoneMove
from wastecal.core.tables import Column, Line, Table

TOML = "municipality.toml"

_RULE_COLUMNS = {"rrule": "rrule", "rule_form": "rrule", "validity_empty": "valid_until"}

Faults = Iterator[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Directory:
    """The contents of a data directory: rows by table name, in all their versions.

    `tables` holds municipality, shifts (in policy order), containers, zones, addresses,
    zone_moves, rules, overrides and notices; `edits` is empty for a hand-written one.
    """

    tables: Mapping[str, tuple[Any, ...]]
    edits: tuple[Edit, ...] = ()

    @property
    def languages(self) -> tuple[str, ...]:
        rows: Sequence[Municipality] = self.tables["municipality"]
        return max(rows, key=lambda row: (row.ended_edit is None, row.edit)).languages


def _check_rule(rule: Rule) -> Faults:
    try:
        recurrence.check(rule)
    except InvalidRule as error:
        yield error.code, _RULE_COLUMNS.get(error.code, "anchor"), error.value
    if rule.probability is not None and rule.provenance is not Provenance.RECONSTRUCTED:
        yield "probability_unexpected", "probability", str(rule.probability)


def _check_override(row: Override) -> Faults:
    added = row.kind is Kind.ADD
    if row.date is None and not (added and row.new_date):
        yield "cell_missing", "date", ""
    if row.kind is Kind.MOVE and row.new_date is None:
        yield "cell_missing", "new_date", ""
    if row.kind in (Kind.CANCEL, Kind.DELAY) and (row.new_date or row.new_date_until):
        yield "new_date_unexpected", "new_date", str(row.new_date or row.new_date_until)
    first = row.new_date or (row.date if added else None)
    if row.new_date_until and (first is None or row.new_date_until < first):
        yield "window", "new_date_until", str(row.new_date_until)
    if row.scope.startswith("address:"):
        for lang, text in row.reason.pairs:
            if text not in list(Reason):
                yield "reason_not_a_code", f"reason_{lang}", text


def _check_notice(row: Notice) -> Faults:
    if row.shown_until <= row.shown_from:
        yield "notice_never_shown", "shown_until", str(row.shown_until)


def _check_address(row: Address) -> Faults:
    if (row.lat is None) != (row.lon is None):
        yield "cell_missing", "lon" if row.lon is None else "lat", ""
    if not all(addresses.slug(row.locality, row.street, row.number, row.letter).split("/")):
        yield "slug_empty", "street", row.street


def _address(**fields: Any) -> Address:
    given = fields.pop("slug")
    natural = addresses.slug(fields["locality"], fields["street"], fields["number"], fields["letter"])
    return Address(**fields, slug=given or natural)


def address_order(row: Address) -> tuple[Any, ...]:
    texts = (row.locality, row.street, row.number, row.letter, row.postcode, row.slug)
    return tuple(collation.key(text) for text in texts)


def key_order(key: str) -> tuple[int, int, str]:
    """Sorts keys by number of Edit, then index; keys not given yet come first."""
    edit, _, index = key.partition(".")
    return int(edit) if edit.isdecimal() else 0, int(index) if index.isdecimal() else 0, key


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


CONTAINERS = Table(
    "containers",
    Container,
    (
        Column("code", "code", required=True),
        Column("name", required=True, per_language=True),
        Column("fractions", "phrases", per_language=True),
        Column("default_rrule", "rrule"),
        Column("kinds", "address_kinds"),
        Column("optional", "flag"),
        Column("colour", "colour"),
        Column("icon", "code"),
        Column("order", "count"),
    ),
    order=lambda row: (row.order, collation.key(row.code)),
)
ZONES = Table(
    "zones",
    Zone,
    (Column("code", "code", required=True), Column("name", required=True)),
    order=lambda row: collation.key(row.code),
)
ADDRESSES = Table(
    "addresses",
    _address,
    (
        Column("street", required=True),
        Column("number"),
        Column("letter"),
        Column("postcode"),
        Column("locality", required=True),
        Column("kind", "address_kind"),
        Column("zone", "code"),
        Column("lat", "degrees"),
        Column("lon", "degrees"),
        Column("slug", "slug"),
    ),
    order=address_order,
    check=_check_address,
)
ZONE_MOVES = Table(
    "zone_moves",
    ZoneMove,
    (
        Column("address", "slug", required=True),
        Column("zone", "code", required=True),
        Column("valid_from", "date", required=True),
    ),
    order=lambda row: (collation.key(row.address), row.valid_from, row.zone),
)
RULES = Table(
    "rules",
    Rule,
    (
        Column("scope", "scope", required=True),
        Column("container", "code", required=True),
        Column("anchor", "date"),
        Column("rrule", "rrule"),
        Column("dates", "dates"),
        Column("season", "season"),
        Column("valid_from", "date"),
        Column("valid_until", "date"),
        Column("provenance", "provenance"),
        Column("probability", "share"),
    ),
    order=lambda row: (
        collation.key(row.scope),
        collation.key(row.container),
        _day(row.valid_from),
        _day(row.valid_until),
        -(row.probability or 0),
        *(row.provenance, _day(row.anchor), row.rrule, row.dates, str(row.season)),
    ),
    check=_check_rule,
)
OVERRIDES = Table(
    "overrides",
    Override,
    (
        Column("key"),
        Column("kind", "override_kind", required=True),
        Column("scope", "scope", required=True),
        Column("containers", "codes"),
        Column("date", "date"),
        Column("new_date", "date"),
        Column("new_date_until", "date"),
        Column("reason", per_language=True),
    ),
    order=lambda row: (
        *key_order(row.key),
        *(row.day, row.scope, row.kind, row.containers, _day(row.new_date), _day(row.new_date_until)),
        row.reason.pairs,
    ),
    check=_check_override,
)
NOTICES = Table(
    "notices",
    Notice,
    (
        Column("key"),
        Column("scope", "scope", required=True),
        Column("text", required=True, per_language=True),
        Column("shown_from", "date", required=True),
        Column("shown_until", "date", required=True),
    ),
    order=lambda row: (*key_order(row.key), row.shown_from, row.scope, row.text.pairs),
    check=_check_notice,
)
EDITS = Table(
    "edits",
    Edit,
    (Column("number", "whole", required=True), Column("at", "moment", required=True), Column("summary")),
    order=lambda row: row.number,
    versioned=False,
)
TABLES = (CONTAINERS, ZONES, ADDRESSES, ZONE_MOVES, RULES, OVERRIDES, NOTICES)


@dataclass(slots=True)
class _Known:
    """The names that rows of one directory may refer to."""

    containers: set[str]
    zones: set[str]
    streets: set[str] = field(default_factory=set)
    slugs: set[str] = field(default_factory=set)


def check(lines: Mapping[str, Sequence[Line]], edits: Sequence[Line]) -> Iterator[Problem]:
    """What does not hold between the rows of a directory: names, doubles, conflicts, Edits."""
    slugs = {slug for line in lines["addresses"] for slug in _possible_slugs(line.row)}
    known = _Known(
        {line.row.code for line in lines["containers"]},
        {line.row.code for line in lines["zones"]},
        {slug.rpartition("/")[0] for slug in slugs},
        slugs,
    )
    for table in TABLES:
        for line in lines[table.name]:
            for code, column, value in _unknown_names(line.row, known):
                yield Problem(code, table.file, line.number, column, value)
        yield from _doubles(table, lines[table.name])
    yield from _conflicts(lines["rules"])
    if edits:
        yield from _edit_problems(lines, edits)


def _possible_slugs(row: Address) -> Iterator[str]:
    yield row.slug
    if row.postcode:
        yield addresses.slug_with_postcode(row.locality, row.street, row.number, row.letter, row.postcode)


def _unknown_names(row: Any, known: _Known) -> Faults:
    if (zone := getattr(row, "zone", "")) and zone not in known.zones:
        yield "zone_unknown", "zone", zone
    kind, _, name = getattr(row, "scope", "").partition(":")
    names = {"zone": known.zones, "street": known.streets, "address": known.slugs}
    if kind in names and name not in names[kind]:
        yield f"{kind}_unknown", "scope", row.scope
    if isinstance(row, ZoneMove) and row.address not in known.slugs:
        yield "address_unknown", "address", row.address
    containers = row.containers if isinstance(row, Override) else (getattr(row, "container", ""),)
    for container in containers:
        if container and container not in known.containers:
            yield "container_unknown", "containers" if isinstance(row, Override) else "container", container


def identity(row: Any) -> tuple[Any, ...] | None:
    """What makes two live rows of a table the same thing; None where there may be several alike."""
    match row:
        case Container() | Zone():
            return (row.code,)
        case Address():
            return (row.slug, row.postcode)
        case ZoneMove():
            return (row.address, row.valid_from)
        case Override() | Notice():
            return (row.key,) if row.key else None
    return None


def _doubles(table: Table, lines: Sequence[Line]) -> Iterator[Problem]:
    live = [line for line in lines if line.row.ended_edit is None]
    seen = Counter(identity(line.row) for line in live)
    first: dict[Any, int] = {}
    for line in live:
        what = identity(line.row)
        if what is not None and seen[what] > 1 and first.setdefault(what, line.number) != line.number:
            yield Problem("row_twice", table.file, line.number, "", " ".join(map(str, what)))


def _conflicts(lines: Sequence[Line]) -> Iterator[Problem]:
    """Two rules of which neither comes before the other on some day."""
    alike: dict[Any, list[Line]] = {}
    for line in lines:
        rule = line.row
        if rule.ended_edit is None and rule.provenance is not Provenance.RECONSTRUCTED:
            key = (rule.scope, rule.container, schedule.precedence(rule))
            alike.setdefault(key, []).append(line)
    for group in alike.values():
        for line in group[1:]:
            yield Problem("rule_conflict", RULES.file, line.number, "scope", line.row.scope)


def _edit_problems(lines: Mapping[str, Iterable[Line]], edits: Sequence[Line]) -> Iterator[Problem]:
    numbers = {line.row.number for line in edits}
    last: Edit | None = None
    for line in edits:
        if last and (line.row.number <= last.number or line.row.at < last.at):
            yield Problem("edits_not_in_order", EDITS.file, line.number, "number", str(line.row.number))
        last = line.row
    for name, rows in lines.items():
        for line in rows:
            for column in ("edit", "ended_edit"):
                number = getattr(line.row, column)
                if number not in numbers and not (column == "ended_edit" and number is None):
                    file = TOML if name in ("municipality", "shifts") else f"{name}.csv"
                    yield Problem("edit_unknown", file, line.number, column, str(number or ""))
