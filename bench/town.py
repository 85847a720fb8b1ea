"""Which town do we measure on? A made one of 17,000 addresses, the same each time."""

from datetime import date, datetime, timedelta

from wastecal.core import addresses, scopes
from wastecal.core.directory import Directory
from wastecal.core.overrides import Kind, Override
from wastecal.core.recurrence import Rule
from wastecal.core.rows import Address, Container, Municipality, Notice, Zone
from wastecal.core.shifts import Shift
from wastecal.core.texts import of as text

TODAY = date(2026, 11, 23)
CREATED = datetime.fromisoformat("2026-11-23T12:00:00+01:00")
ADDRESSES, ZONES, ON_A_STREET = 17_000, 60, 25
LOCALITIES = ("Norrby", "Söderby", "Österby", "Västerby", "Åby", "Mellanby")
FIRST = (
    "Al",
    "Björk",
    "Ek",
    "Lind",
    "Äng",
    "Sjö",
    "Kyrk",
    "Skol",
    "Ö",
    "Kvarn",
    "Smed",
    "Backa",
    "Lund",
    "Rosen",
)
MIDDLE = ("", "by", "lunda", "holms", "torps", "dals", "åsa", "näs", "viks", "berga")
LAST = ("vägen", "gatan", "stigen", "gränden", "torget")


def directory() -> Directory:
    """The town as a data directory without versions."""
    return Directory(
        {
            "municipality": (_municipality(),),
            "shifts": _policy(),
            "containers": _containers(),
            "zones": tuple(Zone(_code(number), f"Område {number}") for number in range(ZONES)),
            "addresses": tuple(map(_address, range(ADDRESSES))),
            "zone_moves": (),
            "rules": tuple(rule for number in range(ZONES) for rule in _rules(number)),
            "overrides": tuple(override for number in range(ZONES) for override in _overrides(number)),
            "notices": (
                Notice(
                    "", scopes.EVERYONE, text({"sv": "Påhittad ort, för mätning."}), TODAY, date(2027, 12, 1)
                ),
            ),
        }
    )


def _municipality() -> Municipality:
    return Municipality(
        name="Mätby kommun",
        uid_domain="matby.example",
        created=CREATED,
        languages=("sv", "en"),
        site_url="https://matby.example",
        put_out_by="06:00",
        holidays_decided_until=date(2027, 1, 7),
    )


def _containers() -> tuple[Container, ...]:
    return (
        Container("karl-1", text({"sv": "Kärl 1"}), (("sv", ("restavfall", "matavfall")),), order=1),
        Container("karl-2", text({"sv": "Kärl 2"}), (("sv", ("papper", "plast")),), order=2),
        Container("tradgard", text({"sv": "Trädgårdskärl"}), optional=True, order=3),
    )


def _policy() -> tuple[Shift, ...]:
    return (
        Shift("Långfredagen", "earlier_in_week", (2027,)),
        Shift("Julafton", "previous_weekday"),
        Shift("Nyårsdagen", "next_weekday"),
        Shift("*", "later_in_week"),
    )


def _code(number: int) -> str:
    return f"Z{number:02d}"


def _address(number: int) -> Address:
    street, place = divmod(number, ON_A_STREET)
    locality = LOCALITIES[street % len(LOCALITIES)]
    name = FIRST[street % 14] + MIDDLE[street // 14 % 10] + LAST[street // 140 % 5]
    house = str(place + 1)
    slug = addresses.slug(locality, name, house, "")
    return Address(name, house, "", "23500", locality, slug, "villa", _code(street % ZONES))


def _rules(number: int) -> tuple[Rule, ...]:
    scope, weekday = scopes.zone(_code(number)), number % 5
    monday = date(2026, 10, 5) + timedelta(weeks=number // 5 % 4)
    anchor = monday + timedelta(days=weekday)
    return (
        Rule(scope, "karl-1", anchor, "FREQ=WEEKLY;INTERVAL=2"),
        Rule(scope, "karl-2", anchor, "FREQ=WEEKLY;INTERVAL=4"),
    )


def _overrides(number: int) -> tuple[Override, ...]:
    """Two a zone, on days that its rule gives."""
    scope, (often, seldom) = scopes.zone(_code(number)), _rules(number)
    assert often.anchor
    assert seldom.anchor
    moved = often.anchor + timedelta(weeks=10)
    return (
        Override("", Kind.MOVE, scope, (), moved, moved + timedelta(days=1), reason=text({"sv": "Halka"})),
        Override("", Kind.CANCEL, scope, ("karl-2",), seldom.anchor + timedelta(weeks=20)),
    )
