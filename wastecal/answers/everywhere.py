"""What can be asked about at all? Every place at every name it answers to, all of one state."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from wastecal import models
from wastecal.answers.remembered import Known, Street, by_locality, in_locality, known
from wastecal.core import answer, directory, places, slugs, spans, versions
from wastecal.core.answer import Answer
from wastecal.core.places import Place
from wastecal.core.register import Register
from wastecal.core.rows import Address, Municipality, Zone, ZoneMove
from wastecal.core.spans import Span


@dataclass(frozen=True, slots=True)
class Named:
    """A place at one of its names: `slug` is the one in the URL, a zone's is its code in lower case."""

    place: Place
    slug: str


HouseNumber = tuple[str, str, str]
"""Locality, street and number; several addresses may have it, told apart by letters and slugs."""


@dataclass(frozen=True, slots=True)
class Shared:
    """The live addresses with one house number, and the newest Edit on any that ever had it."""

    live: tuple[Address, ...] = ()
    newest: int = 0


@dataclass(frozen=True, slots=True)
class Everything:
    """All that answers are made from and all there is to ask about, as one Edit left it.

    `addresses_edit` is the newest Edit on any address or zone move, on those that are gone too.
    """

    register: Register
    streets: tuple[Street, ...]
    zones: tuple[Zone, ...]
    addresses: tuple[Named, ...]
    zone_places: tuple[Named, ...]
    numbers: Mapping[HouseNumber, Shared]
    addresses_edit: int

    @property
    def town(self) -> Municipality:
        return self.register.town

    @property
    def localities(self) -> tuple[tuple[str, str, int], ...]:
        return by_locality(self.streets)

    def streets_in(self, locality: str) -> tuple[Street, ...]:
        return in_locality(self.streets, locality)

    def by_street(self) -> Mapping[str, Sequence[Address]]:
        """The addresses on each street by its slug, in no order."""
        found: defaultdict[str, list[Address]] = defaultdict(list)
        for named in self.addresses:
            if named.place.address and named.slug == named.place.slug:
                found[named.place.street].append(named.place.address)
        return found

    def beside(self, place: Place) -> tuple[Address, ...]:
        """What `answers.beside` says of the place."""
        if place.address is None:
            return ()
        near = self.numbers.get(_number(place.address), Shared()).live
        return tuple(sorted(places.beside(place.address, near), key=directory.address_order))

    def beside_since(self, place: Place, edit: int) -> bool:
        """Whether an Edit after this one bears on any address that has or had the same house number."""
        shared = self.numbers.get(_number(place.address)) if place.address else None
        return shared is not None and shared.newest > edit

    def answer(self, place: Place, today: date, span: Span | None = None) -> Answer:
        return answer.of(self.register, place, span or spans.default(today), today)


def everything() -> Everything | None:
    """All of it; None where nothing has been loaded yet."""
    now = known()
    if now is None:
        return None
    found = _read(now)
    return found if known() is now else everything()  # else an Edit came between its tables


def _read(now: Known) -> Everything:
    histories: defaultdict[str, list[Address]] = defaultdict(list)
    for row in models.Address.values_of(models.Address.objects.order_by("pk")):
        histories[row.slug].append(row)
    moves: defaultdict[str, list[ZoneMove]] = defaultdict(list)
    for move in models.ZoneMove.values_of(models.ZoneMove.objects.all()):
        moves[move.address].append(move)
    placed = [places.of_address(rows, moves.get(slug, ())) for slug, rows in histories.items()]
    return Everything(
        register=now.register,
        streets=now.streets,
        zones=now.zones,
        addresses=tuple(_named([place for place in placed if _is_live(place)], set(histories))),
        zone_places=tuple(_zones(now)),
        numbers=_numbers(histories),
        addresses_edit=max((place.newest for place in placed), default=0),
    )


def _numbers(histories: Mapping[str, Sequence[Address]]) -> dict[HouseNumber, Shared]:
    live: defaultdict[HouseNumber, list[Address]] = defaultdict(list)
    newest: defaultdict[HouseNumber, int] = defaultdict(int)
    for rows in histories.values():
        changed = versions.newest(rows)
        for row in versions.live(rows):
            live[_number(row)].append(row)
        for number in {_number(row) for row in rows}:
            newest[number] = max(newest[number], changed)
    return {number: Shared(tuple(live.get(number, ())), edit) for number, edit in newest.items()}


def _number(row: Address) -> HouseNumber:
    return row.locality, row.street, row.number


def _named(live: list[Place], taken: set[str]) -> Iterator[Named]:
    """The places at their own slugs, at those that they answer to besides, and at those that a newer
    name would have given them."""
    yield from (Named(place, place.slug) for place in live)
    own = {place.slug for place in live}
    besides: dict[str, Place] = {}
    for place in sorted(live, key=lambda place: place.slug, reverse=True):
        besides.update((slug, place) for slug in (place.address.also if place.address else ()))
    yield from (Named(place, slug) for slug, place in besides.items() if slug not in own)
    taken = taken | set(besides)
    newer: dict[str, Place] = {}
    for place in live:
        natural = slugs.natural(place.address) if place.address else place.slug
        if natural not in taken and (natural not in newer or place.slug < newer[natural].slug):
            newer[natural] = place
    yield from (Named(place, slug) for slug, place in newer.items())


def _zones(now: Known) -> Iterator[Named]:
    for zone in now.zones:
        history = [row for row in now.register.zones if row.code.casefold() == zone.code.casefold()]
        yield Named(places.of_zone(history), zone.code.lower())


def _is_live(place: Place) -> bool:
    return place.address is not None and bool(versions.live([place.address]))
