"""What was a release made from, and what of it is no longer so?"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Self

import django

from wastecal import surface
from wastecal.answers import Everything
from wastecal.core import spans, versions
from wastecal.core.places import Place
from wastecal.core.register import Register
from wastecal.publish.edition import Edition
from wastecal.publish.pages import Page
from wastecal.publish.site import Form, Lasts

NAME = ".made.json"
"""Beside the releases, never in one. Without it, or where it tells of another, all is rendered anew."""


@dataclass(frozen=True, slots=True)
class Made:
    """All that the bytes of the release with this serial depend on."""

    serial: int
    edit: int
    at: str
    day: str
    month: str
    site: str
    program: str

    @classmethod
    def of(cls, register: Register, today: date, site: str, serial: int = 0) -> Self:
        return cls(
            serial=serial,
            edit=register.edit,
            at=register.times[register.edit].isoformat(),
            day=today.isoformat(),
            month=spans.first_of_month(today).isoformat(),
            site=site,
            program=f"{surface.release()} {django.get_version()}",
        )

    @classmethod
    def read(cls, root: Path, serial: int) -> Self | None:
        """What the release that is read now was made from; None where that is not known."""
        try:
            found = cls(**json.loads((root / NAME).read_text("utf-8")))
        except (FileNotFoundError, ValueError, TypeError):
            return None
        return found if found.serial == serial else None

    def write(self, root: Path) -> None:
        fresh = root / f"{NAME}.new"
        fresh.write_text(json.dumps(asdict(self)) + "\n", "utf-8")
        fresh.replace(root / NAME)


@dataclass(frozen=True, slots=True)
class Changes:
    """What is no longer as it was: `scopes` in which something was said since Edit `since`."""

    everything: bool
    day: bool
    month: bool
    edit: bool
    addresses: bool
    since: int
    scopes: frozenset[str]

    def __bool__(self) -> bool:
        return self.everything or self.day or self.edit

    def of_place(self, place: Place, known: Everything) -> bool:
        """Whether an Edit bears on the place, or on what its page shows beside it."""
        if self.everything or place.newest > self.since or known.beside_since(place, self.since):
            return True
        return not self.scopes.isdisjoint(place.scopes_ever)

    def of_form(self, form: Form) -> bool:
        """Whether the documents of this form are others, though no Edit bears on their places."""
        if form.lasts is Lasts.NAME:
            return self.everything
        return self.everything or self.month or (self.day and form.lasts is Lasts.DAY)

    def of_page(self, page: Page) -> bool:
        edit = self.addresses if page.of_addresses else self.edit
        return self.everything or edit or (self.day and page.of_day)


ALL = Changes(True, True, True, True, True, 0, frozenset())
"""For a first release, and wherever nothing can be trusted to be as it was."""


def since(made: Made | None, edition: Edition) -> Changes:
    """What has changed between a release and an edition."""
    known = edition.everything
    now = Made.of(known.register, edition.today, edition.site)
    if made is None or (made.site, made.program) != (now.site, now.program) or not _is_past(made, known):
        return ALL
    return Changes(
        everything=_newest_of_all(known.register) > made.edit,
        day=made.day != now.day,
        month=made.month != now.month,
        edit=made.edit != now.edit,
        addresses=known.addresses_edit > made.edit,
        since=made.edit,
        scopes=frozenset(_scopes_since(known.register, made.edit)),
    )


def _is_past(made: Made, known: Everything) -> bool:
    """Whether the release was made from an earlier state of this very database."""
    at = known.register.times.get(made.edit)
    return at is not None and at.isoformat() == made.at


def _newest_of_all(register: Register) -> int:
    """The newest Edit of what every document shows or depends on."""
    tables: Iterable[Any] = (register.municipality, register.containers, register.zones, register.shifts)
    return max(map(versions.newest, tables))


def _scopes_since(register: Register, edit: int) -> Iterable[str]:
    tables: Iterable[Any] = (register.rules, register.overrides, register.notices)
    for table in tables:
        yield from (scope for scope, rows in table.items() if versions.newest(rows) > edit)
