"""A small known town in code: what is known there, as values of the core, as files and in the database.

Holmby on Monday 23 November 2026. Zone H1 has confirmed rules, zone H2 only guesses, Ängavägen 6 no
zone at all, and nobody has asked for more than is needed to say one of everything.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from wastecal import answers, models
from wastecal.core import addresses, register
from wastecal.core.answer import Answer, of
from wastecal.core.directory import Directory
from wastecal.core.overrides import Kind, Override
from wastecal.core.places import Place, of_address
from wastecal.core.recurrence import Provenance, Rule, Season
from wastecal.core.register import Register
from wastecal.core.rows import Address, Container, Edit, Municipality, Notice, Zone, ZoneMove
from wastecal.core.shifts import Shift
from wastecal.core.spans import Span
from wastecal.core.texts import NOTHING, Text
from wastecal.core.texts import of as text_of
from wastecal.importing import directory as files
from wastecal.importing import loading

TODAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
CREATED = datetime.fromisoformat("2026-01-01T00:00:00+01:00")
FORTNIGHTLY = "FREQ=WEEKLY;INTERVAL=2"
MONTHLY = "FREQ=WEEKLY;INTERVAL=4"
CONFIRMED, GUESSED, DEFAULT = Provenance.CONFIRMED, Provenance.RECONSTRUCTED, Provenance.DEFAULT
H1 = "holmby/storgatan/1"
"""An address in zone H1: Kärl 1 every other Thursday from 26 November 2026, Kärl 2 every fourth."""

Tables = Mapping[str, Sequence[Any]]


def day(text: str) -> date:
    """`12-24`: a day of 2026; or a whole date."""
    return date.fromisoformat(text if len(text) == 10 else f"2026-{text}")


def text(swedish: str, english: str = "") -> Text:
    return text_of({"sv": swedish, "en": english})


def municipality(**changes: Any) -> Municipality:
    row = Municipality(
        name="Holmby kommun",
        uid_domain="holmby.example",
        created=CREATED,
        languages=("sv", "en"),
        site_url="https://holmby.example",
        contact_name="Holmby Direkt",
        contact_phone="040-42 50 00",
        put_out_by="06:00",
        holidays_decided_until=date(2027, 1, 4),
    )
    return replace(row, **changes)


def container(code: str = "karl-1", name: str = "Kärl 1", **more: Any) -> Container:
    return Container(code, text(name, name.replace("Kärl", "Bin")), (("sv", ("restavfall",)),), **more)


def address(street: str, number: str, zone: str = "", kind: str = "villa", **more: Any) -> Address:
    letter, postcode = more.pop("letter", ""), more.pop("postcode", "23500")
    slug = more.pop("slug", "") or addresses.slug("Holmby", street, number, letter)
    return Address(street, number, letter, postcode, "Holmby", slug, kind, zone, **more)


def rule(scope: str = "zone:H1", anchor: str = "11-26", rrule: str = FORTNIGHTLY, **more: Any) -> Rule:
    return Rule(scope, more.pop("container", "karl-1"), day(anchor), rrule, **more)


def guess(probability: float, scope: str = "zone:H2", anchor: str = "11-24", **more: Any) -> Rule:
    return rule(scope, anchor, provenance=GUESSED, probability=probability, **more)


def not_emptied(scope: str, container: str = "karl-1", **more: Any) -> Rule:
    return Rule(scope, container, rrule="NONE", **more)


def override(kind: str, on: str, to: str = "", scope: str = "everyone", **more: Any) -> Override:
    until = more.pop("until", "")
    return Override(
        key=more.pop("key", ""),
        kind=Kind(kind),
        scope=scope,
        containers=more.pop("containers", ()),
        date=day(on),
        new_date=day(to) if to else None,
        new_date_until=day(until) if until else None,
        reason=more.pop("reason", NOTHING),
        **more,
    )


def notice(words: str, start: str = "11-01", stop: str = "12-31", scope: str = "everyone") -> Notice:
    return Notice("", scope, text(words), day(start), day(stop))


CONTAINERS = (
    container("karl-1", "Kärl 1", default_rrule=FORTNIGHTLY, order=1, colour="#2e7d32"),
    container("karl-2", "Kärl 2", default_rrule=MONTHLY, order=2),
    container("tradgard", "Trädgårdskärl", optional=True, order=3, icon="garden"),
)
ZONES = (Zone("H1", "Holmby norra"), Zone("H2", "Holmby södra"))
ADDRESSES = (
    address("Storgatan", "1", "H1"),
    address("Storgatan", "2", "H1"),
    address("Storgatan", "12", "H1", letter="B", lat=55.5, lon=12.9),
    address("Ängavägen", "4", "H2"),
    address("Ängavägen", "6"),
    address("Parkgatan", "1", "H1", "flerbostadshus"),
    address("Strandvägen", "9", "H1", "fritidshus"),
)
RULES = (
    rule("zone:H1", "11-26"),
    rule("zone:H1", "11-26", MONTHLY, container="karl-2"),
    rule("zone:H1", "04-28", container="tradgard", season=Season(18, 40)),
    guess(0.8, anchor="11-24"),
    guess(0.51, anchor="12-01", rrule=MONTHLY, container="karl-2"),
    guess(0.44, anchor="12-08", rrule=MONTHLY, container="karl-2"),
    not_emptied("address:holmby/storgatan/2", "karl-2"),
    rule("address:holmby/storgatan/12b", "05-05", container="tradgard", season=Season(18, 40)),
)
SHIFTS = (Shift("Julafton", "previous_weekday"), Shift("Långfredagen", "earlier_in_week", years=(2027,)))
OVERRIDES = (
    override("move", "12-10", "12-11", "zone:H1", containers=("karl-1",), until="12-12"),
    override("delay", "11-26", scope="address:holmby/strandvagen/9", reason=text("roadworks")),
    override("cancel", "11-26", scope="address:holmby/storgatan/12b", containers=("karl-2",)),
    override("add", "11-27", scope="address:holmby/storgatan/12b", containers=("karl-1",)),
)  # fmt: skip
NOTICES = (notice("Alla dagar är påhittade."), notice("Snö väntas.", "11-23", "11-27", "zone:H1"))
TABLES: Tables = {
    "municipality": (municipality(),),
    "shifts": SHIFTS,
    "containers": CONTAINERS,
    "zones": ZONES,
    "addresses": ADDRESSES,
    "zone_moves": (ZoneMove("holmby/strandvagen/9", "H2", date(2027, 2, 1)),),
    "rules": RULES,
    "overrides": OVERRIDES,
    "notices": NOTICES,
}
SLUGS = tuple(row.slug for row in ADDRESSES)


def directory(**changes: Iterable[Any]) -> Directory:
    """The town as a hand-written data directory, with other rows in the tables that are given."""
    tables = {**TABLES, **{name: tuple(rows) for name, rows in changes.items()}}
    return Directory({name: tuple(rows) for name, rows in tables.items()})


def crisis(**changes: Iterable[Any]) -> Directory:
    """The first day of a crisis: the town knows itself, its containers and its addresses, no more."""
    bare = tuple(replace(row, zone="") for row in ADDRESSES)
    unknown: dict[str, Iterable[Any]] = dict.fromkeys(
        ("shifts", "zones", "zone_moves", "rules", "overrides", "notices"), ()
    )
    return directory(**{**unknown, "addresses": bare, **changes})


def hamlet(**changes: Iterable[Any]) -> Directory:
    """Two houses in one language: for what takes long with every house."""
    few: dict[str, Iterable[Any]] = {
        "municipality": [municipality(languages=("sv",))],
        "addresses": [address("Storgatan", "1", "H1"), address("Torget", "2", "H1")],
        "zones": ZONES[:1],
        "zone_moves": (),
        "rules": RULES[:3],
        "overrides": (),
    }
    return directory(**{**few, **changes})


def load(content: Directory, at: datetime = NOON, *, remove: bool = False) -> int:
    """Loads it and gives the number of the Edit; 0 where none was made."""
    _, edit = loading.apply(content, "Test", at, remove=remove)
    answers.forget()
    return edit.number if edit else 0


def empty() -> None:
    """Nothing has ever been loaded."""
    for name in TABLES:
        models.TABLES[name]._default_manager.all().delete()
    models.Edit.objects.all().delete()
    answers.forget()


def read(folder: Path) -> Directory:
    content, problems = files.read(folder)
    assert content is not None, problems
    return content


def write(folder: Path, content: Directory) -> Path:
    """The files that a person would write: no versions, and only the tables that hold something."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, lines in files.texts(content):
        if name.endswith(".csv") and lines.count("\n") < 2:
            continue
        (folder / name).write_text(lines, "utf-8", newline="")
    return folder


def rewrite(file: Path, rows: Iterable[Sequence[str]]) -> None:
    """Writes a CSV file anew."""
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(rows)


def rows_of(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))


def known(**changes: Iterable[Any]) -> Register:
    """All that is known in the town right after one Edit."""
    tables = {
        name: tuple(replace(row, edit=row.edit or 1) for row in rows)
        for name, rows in directory(**changes).tables.items()
        if name not in ("addresses", "zone_moves")
    }
    return register.build(tables, [Edit(number, NOON) for number in range(1, 100)])


def place(slug: str = H1, moves: Iterable[ZoneMove] = ()) -> Place:
    row = next(row for row in ADDRESSES if row.slug == slug)
    return of_address([replace(row, edit=1)], moves)


def answer(slug: str = H1, span: Span | None = None, today: date = TODAY, **changes: Iterable[Any]) -> Answer:
    """The answer for an address of the town, without any database."""
    whole = span or Span(date(2026, 10, 1), date(2027, 12, 1))
    return of(known(**changes), place(slug), whole, today)
