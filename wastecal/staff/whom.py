"""For whom? What people write (zones, streets, addresses) as scopes, and scopes as people say them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from wastecal import answers, words
from wastecal.answers import Street
from wastecal.core import addresses, scopes
from wastecal.models import Address
from wastecal.search import Kind, Row

MOST = 200
"""So many parts are understood at once; a list that is longer is a file."""


@dataclass(frozen=True, slots=True)
class Understood:
    """The scopes that were meant, and in words what could not be understood."""

    scopes: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


def understand(text: str) -> Understood:
    """Zones by code or name, streets, and addresses: one a line, or with commas or semicolons between."""
    found: list[str] = []
    faults: list[str] = []
    for part in list(_parts(text))[:MOST]:
        scope, fault = _meant(part)
        found += [scope] if scope else []
        faults += [fault] if fault else []
    return Understood(tuple(dict.fromkeys(found)), tuple(faults))


def names(wanted: Iterable[str]) -> Mapping[str, str]:
    """Each scope in words: `alla`, `Holmby norra (H1)`, `Storgatan, Holmby`, `Storgatan 1, 235 00 Holmby`."""
    asked = set(wanted)
    known_zones = zones()
    streets = {row.slug: f"{row.name}, {row.locality}" for row in answers.all_streets()}
    slugs = [scope.partition(":")[2] for scope in asked if scope.startswith("address:")]
    houses: dict[str, str] = {}
    for start in range(0, len(slugs), 500):
        rows = Address.objects.filter(slug__in=slugs[start : start + 500]).order_by("pk")
        houses.update((row.slug, str(row)) for row in rows)
    return {scope: _name(scope, known_zones, streets, houses) for scope in asked}


def zones() -> Mapping[str, str]:
    """The names of the live zones by their codes."""
    return {row.code: row.name for row in answers.zones()}


def zone_name(code: str, name: str = "") -> str:
    """`Holmby norra (H1)`; what lies in no zone has a name too."""
    if not code:
        return _("Addresses without a zone")
    return f"{name} ({code})" if name and name != code else code


def written(scope: str) -> str:
    """What one would write to mean the scope."""
    kind, _sep, name = scope.partition(":")
    return name if kind == "zone" else "" if kind == "everyone" else names([scope])[scope]


def _name(scope: str, zones: Mapping[str, str], streets: Mapping[str, str], houses: Mapping[str, str]) -> str:
    kind, _sep, name = scope.partition(":")
    match kind:
        case "zone":
            return zone_name(name, zones.get(name, ""))
        case "street":
            return streets.get(name, name)
        case "address":
            return houses.get(name, name)
    return _("everyone")


def _parts(text: str) -> Iterator[str]:
    """The parts of a list; a comma may also stand within one: `Storgatan 1, Holmby`."""
    for whole in filter(None, (part.strip() for part in re.split(r"[\n;]", text))):
        if "," not in whole or not _meant(whole)[1]:
            yield whole
        else:
            yield from filter(None, (part.strip() for part in whole.split(",")))


def _meant(text: str) -> tuple[str, str]:
    """(scope, "") of one part, or ("", why it is none)."""
    if zone := _zone(text):
        return zone, ""
    if scopes.is_valid(text):
        return (text, "") if _is_there(text) else ("", _unknown(text))
    found = answers.find(text)
    if found.kind is Kind.ONE and _query(text).number:
        return scopes.address(found.addresses[0].slug), ""
    if found.kind in (Kind.ONE, Kind.SEVERAL):
        return _street_or_several(text, found.addresses)
    near = [f"{street}, {locality}" for locality, street in found.suggestions[:4]]
    if found.kind is Kind.NO_NUMBER:
        near = [_label(row) for row in found.addresses[:4]]
    return "", _unknown(text, near)


def _street_or_several(text: str, rows: Sequence[Row]) -> tuple[str, str]:
    query = _query(text)
    streets = {(row.locality, row.street) for row in rows}
    if not query.number and len(streets) == 1:
        alike = _of_that_name(*streets.pop(), anywhere=not query.locality)
        if len(alike) == 1:
            return scopes.street(alike[0].slug), ""
        return "", _several(text, [f"{row.name}, {row.locality}" for row in alike])
    return "", _several(text, [_label(row) for row in rows])


def _of_that_name(locality: str, street: str, *, anywhere: bool) -> list[Street]:
    """The street, and those of the same name in other towns where no town was said."""
    return [
        row for row in answers.all_streets() if row.name == street and (anywhere or row.locality == locality)
    ]


def _several(text: str, near: Sequence[str]) -> str:
    said = {"text": text, "near": words.either(near[:4])}
    return _("“%(text)s” may be any of several. Did you mean %(near)s?") % said


def _query(text: str) -> addresses.Query:
    return addresses.parse(text, [name for _slug, name, _count in answers.localities()])


def _label(row: Row) -> str:
    return f"{row.street} {row.number}{row.letter}, {row.locality}"


def _zone(text: str) -> str:
    plain = re.sub(r"^(zon|zone|område)\s+", "", text.casefold())
    for row in answers.zones():
        if row.code.casefold() in (plain, text.casefold()) or row.name.casefold() in (plain, text.casefold()):
            return scopes.zone(row.code)
    return ""


def _is_there(scope: str) -> bool:
    kind, _sep, name = scope.partition(":")
    if kind == "street":
        return any(row.slug == name for row in answers.all_streets())
    if kind == "address":
        return Address.objects.filter(slug=name, ended_edit=None).exists()
    return kind == "everyone"


def _unknown(text: str, near: Iterable[str] = ()) -> str:
    shown = list(near)
    if shown:
        return _("There is no “%(text)s”. Did you mean %(near)s?") % {
            "text": text,
            "near": words.either(shown),
        }
    return _("There is no zone, street or address “%(text)s”.") % {"text": text}
