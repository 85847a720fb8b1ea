"""Which tables make up a data directory, and what must hold in each of their rows?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wastecal.core import addresses, collation, recurrence
from wastecal.core.errors import InvalidRule
from wastecal.core.overrides import Kind, Override, Reason
from wastecal.core.recurrence import Provenance, Rule
from wastecal.core.rows import Address, Container, Edit, Municipality, Notice, Zone, ZoneMove
from wastecal.core.tables import Column, Table

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
    for column in ("locality", "street"):
        if addresses.slug_part(getattr(row, column)) == addresses.slug_part(""):
            yield "slug_empty", column, getattr(row, column)


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
        Column("also", "slugs", rare=True),
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
        Column("key", "key"),
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
        Column("key", "key"),
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


def house(row: Address) -> tuple[str, ...]:
    """The name of an address as people tell it from others: å is not a, but case and signs are nothing."""
    texts = (row.locality, row.street, row.number + row.letter, row.postcode)
    return tuple(collation.key(text)[0] for text in texts)


def identity(row: Any) -> tuple[Any, ...] | None:
    """What makes two live rows of a table the same thing; None where there may be several alike."""
    match row:
        case Container():
            return (row.code,)
        case Zone():
            return (row.code.casefold(),)  # a zone's URL and events are named in lower case
        case Address():
            return house(row)
        case ZoneMove():
            return (row.address, row.valid_from)
        case Override() | Notice():
            return (row.key,) if row.key else None
    return None
