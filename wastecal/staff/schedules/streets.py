"""Which addresses are meant: a street, one side of it, some numbers, a zone or single addresses?"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from wastecal import answers
from wastecal.core import addresses
from wastecal.core.rows import Address
from wastecal.models import Address as AddressRow
from wastecal.staff import whom

MOST_LINES = 200
_PART = re.compile(
    r"(?P<street>.*?)"
    r"(?:[\s,]+(?P<low>\d{1,4})\s*[-–]\s*(?P<high>\d{1,4}))?"
    r"(?:[\s,]+(?P<side>udda|jämna|odd|even)(?:\s+(?:nummer|sidan|numbers|side))?)?",
    re.IGNORECASE,
)
_ODD = ("udda", "odd")


@dataclass(frozen=True, slots=True)
class Meant:
    """Addresses in the order in which they were said, what they were called, and what was not understood."""

    rows: tuple[Address, ...] = ()
    names: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


def understand(text: str, day: date) -> Meant:
    """One a line: `Storgatan`, `Storgatan 1-15`, `Storgatan udda`, `Storgatan 2-20 jämna`, `H1`."""
    rows: dict[str, Address] = {}
    names: list[str] = []
    faults: list[str] = []
    for line in list(_lines(text))[:MOST_LINES]:
        found = _some(line, day) or _whole(line, day)
        rows.update((row.slug, row) for row in found.rows)
        names += found.names
        faults += found.faults
    return Meant(tuple(rows.values()), tuple(dict.fromkeys(names)), tuple(faults))


def _lines(text: str) -> Iterator[str]:
    return filter(None, (part.strip() for part in re.split(r"[\n;]", text)))


def _whole(line: str, day: date) -> Meant:
    found = whom.understand(line)
    named = whom.names(found.scopes)
    rows = [row for scope in found.scopes for row in _members(scope, day)]
    return Meant(tuple(rows), tuple(named[scope] for scope in found.scopes), found.faults)


def _some(line: str, day: date) -> Meant | None:
    """What is meant by a part of a street; None where the line says no part."""
    said = _PART.fullmatch(line)
    if said is None or not (said["low"] or said["side"]):
        return None
    if not said["side"] and not whom.understand(line).faults:
        return None  # a house that is numbered 68-18
    found = whom.understand(said["street"])
    if found.faults:
        return Meant(faults=found.faults)
    if len(found.scopes) != 1 or not found.scopes[0].startswith("street:"):
        return Meant(faults=(_("“%(text)s”: write one street before the numbers.") % {"text": line},))
    numbers = range(int(said["low"] or 0), int(said["high"] or 9999) + 1)
    side = said["side"].casefold() if said["side"] else ""
    rows = tuple(row for row in _members(found.scopes[0], day) if _is_one(row, numbers, side))
    if not rows:
        return Meant(faults=(_("“%(text)s”: there are no such numbers.") % {"text": line},))
    return Meant(rows, (_name(found.scopes[0], said["low"], said["high"], side),))


def _name(scope: str, low: str | None, high: str | None, side: str) -> str:
    parts = [whom.names([scope])[scope]]
    if low:
        parts.append(f"{low}–{high}")
    if side:
        parts.append(_("odd numbers") if side in _ODD else _("even numbers"))
    return " ".join(parts)


def _is_one(row: Address, numbers: Sequence[int], side: str) -> bool:
    plain = addresses.base(row.number)
    if not plain.isdecimal() or int(plain) not in numbers:
        return False
    return not side or (int(plain) % 2 == 1) == (side in _ODD)


def _members(scope: str, day: date) -> Iterable[Address]:
    kind, _sep, name = scope.partition(":")
    match kind:
        case "zone":
            return answers.addresses_in(name, day)
        case "street":
            return answers.addresses_on(name)
    return AddressRow.values_of(AddressRow.objects.filter(slug=name, ended_edit=None))
