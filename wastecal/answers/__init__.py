"""What is emptied where, and when? The read side: rows to one Answer, in a fixed number of queries."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from wastecal import models, search
from wastecal.answers import counted, remembered
from wastecal.answers.everywhere import Everything, Named, everything
from wastecal.answers.remembered import Known, Street, forget, known
from wastecal.core import answer, directory, places, register, spans, versions
from wastecal.core import several as together
from wastecal.core.answer import Answer
from wastecal.core.errors import SpanTooLong
from wastecal.core.places import Place
from wastecal.core.rows import Address, Container, Edit, Municipality, Zone
from wastecal.core.several import Gathered
from wastecal.core.spans import Span

LONGEST = 3660
"""The longest span that is answered, in days."""

__all__ = [
    "Everything",
    "Known",
    "Named",
    "Street",
    "addresses_in",
    "addresses_of",
    "addresses_on",
    "counted",
    "everything",
    "find",
    "for_address",
    "for_zone",
    "forget",
    "known",
    "several",
    "town",
]


def town() -> Municipality | None:
    """The municipality; None where nothing has been loaded yet."""
    now = known()
    return now.register.town if now else None


def newest_edit() -> int:
    now = known()
    return now.register.edit if now else 0


def for_address(
    slug: str, today: date, span: Span | None = None, *, as_of: int | None = None
) -> Answer | None:
    """The answer for an address by any slug that it answers to; None where there is none.

    `as_of` answers from what stood right after that Edit. Raises SpanTooLong.
    """
    now = known()
    if now is None:
        return None
    # An Edit may come between the register and the address: both are read as of the same one.
    number = now.register.edit if as_of is None else as_of
    rows = _history(slug, number)
    if not versions.live(rows):
        return None
    moves = models.ZoneMove.values_of(models.ZoneMove.objects.filter(address=rows[0].slug))
    facts = now.register if as_of is None else register.register_as_of(now.register, as_of)
    return _answer(facts, places.of_address(rows, register.as_of(moves, number)), today, span)


def several(slugs: Iterable[str], today: date) -> Gathered:
    """The answers for the addresses with these slugs; three queries for each."""
    return together.gather(slugs, lambda slug: for_address(slug, today))


def for_zone(code: str, today: date, span: Span | None = None, *, as_of: int | None = None) -> Answer | None:
    """The answer for a zone as a whole; letter case does not matter. `as_of` as in `for_address`.

    Raises SpanTooLong.
    """
    now = known()
    if now is None:
        return None
    facts = now.register if as_of is None else register.register_as_of(now.register, as_of)
    rows = [row for row in facts.zones if row.code.casefold() == code.casefold()]
    if not any(row.ended_edit is None for row in rows):
        return None
    return _answer(facts, places.of_zone(rows), today, span)


def edit_at(day: date) -> int:
    """The number of the last Edit before the midnight that ends `day` in the municipality; or 0."""
    now = known()
    if now is None:
        return 0
    midnight = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(now.register.town.timezone))
    return max((number for number, at in now.register.times.items() if at < midnight), default=0)


def find(text: str) -> search.Found[Address]:
    """Which addresses did somebody mean who typed `text`?"""
    now = known()
    index = now.index if now else search.StreetIndex(())
    return search.find(text, index, _rows_on)


def zones() -> tuple[Zone, ...]:
    """The live zones, in the order of their codes."""
    now = known()
    return now.zones if now else ()


def containers() -> tuple[Container, ...]:
    """The live containers of the municipality, in its own order."""
    now = known()
    return now.register.live_containers if now else ()


def container_codes() -> frozenset[str]:
    """The codes of all containers there are or were: a feed's URL goes on naming them."""
    now = known()
    return frozenset(row.code for row in now.register.containers) if now else frozenset()


def localities() -> tuple[tuple[str, str, int], ...]:
    """(slug, name, number of streets) of each locality, in the order of the alphabet."""
    now = known()
    return remembered.by_locality(now.streets if now else ())


def streets(locality: str) -> tuple[Street, ...]:
    """The streets of the locality with this slug, in the order of the alphabet."""
    now = known()
    return remembered.in_locality(now.streets if now else (), locality)


def all_streets() -> tuple[Street, ...]:
    """All streets, in the order of the alphabet."""
    now = known()
    return now.streets if now else ()


def addresses_on(street: str) -> tuple[Address, ...]:
    """The live addresses on the street with the slug `locality/street`, in canonical order."""
    rows = models.Address.values_of(models.Address.objects.filter(street_slug=street, ended_edit=None))
    return tuple(sorted(rows, key=directory.address_order))


def beside(place: Place) -> tuple[Address, ...]:
    """The houses of the other kind, to live in or for holidays, that share the number of an address."""
    if place.address is None:
        return ()
    near = models.Address.objects.filter(
        street_slug=place.street, number=place.address.number, ended_edit=None
    )
    return tuple(
        sorted(places.beside(place.address, models.Address.values_of(near)), key=directory.address_order)
    )


def slugs(start: int, stop: int) -> Iterator[str]:
    """The slugs of the live addresses, in their own order, from the `start`th to before the `stop`th."""
    rows = models.Address.objects.filter(ended_edit=None).order_by("slug")
    return rows.values_list("slug", flat=True)[start:stop].iterator()


def number_of_addresses() -> int:
    return models.Address.objects.filter(ended_edit=None).count()


def addresses_of(streets: Sequence[Street]) -> tuple[Address, ...]:
    """The live addresses on all these streets."""
    return tuple(_rows_on([(street.locality, street.name) for street in streets]))


def addresses_named(streets: Sequence[tuple[str, str]]) -> tuple[Address, ...]:
    """The live addresses on the streets with these localities and names."""
    return tuple(_rows_on(streets))


def addresses_in(zone: str, day: date) -> tuple[Address, ...]:
    """The live addresses that belong to a zone on a day, in canonical order."""
    moves = models.ZoneMove.objects.filter(ended_edit=None, valid_from__lte=day)
    moved = dict(moves.order_by("valid_from", "edit").values_list("address", "zone"))
    come = [address for address, to in moved.items() if to == zone]
    found = models.Address.objects.filter(Q(zone=zone) | Q(slug__in=come), ended_edit=None)
    rows = (row for row in models.Address.values_of(found) if moved.get(row.slug, zone) == zone)
    return tuple(sorted(rows, key=directory.address_order))


def address(slug: str) -> Place | None:
    """The live address that answers to this slug, with its history of zones."""
    rows = _history(slug, newest_edit())
    if not versions.live(rows):
        return None
    moves = models.ZoneMove.objects.filter(address=rows[0].slug)
    return places.of_address(rows, models.ZoneMove.values_of(moves))


def buildings_of(number: int) -> tuple[Address, ...]:
    """The live addresses whose building has this number: one, but for a rare coincidence."""
    rows = models.Address.values_of(models.Address.objects.filter(building=number, ended_edit=None))
    return tuple(sorted(rows, key=directory.address_order))


def edits(after: int, size: int) -> tuple[Edit, ...]:
    """The first `size` Edits whose number is higher than `after`."""
    found = models.Edit.objects.filter(number__gt=after).order_by("number")[:size]
    return tuple(row.to_core() for row in found)


def _history(slug: str, number: int) -> tuple[Address, ...]:
    """All versions, as of an Edit, of the address that this slug leads to: its own, else the one that
    it is one with now, else, where the slug was never given, the one that would have it by name."""
    found = _versions(slug)
    rows = register.as_of(found, number)
    if versions.live(rows):
        return rows
    other = _merged(slug) or ("" if found else _renamed(slug))
    return register.as_of(_versions(other), number) if other else ()


def _versions(slug: str) -> tuple[Address, ...]:
    return tuple(models.Address.values_of(models.Address.objects.filter(slug=slug).order_by("pk")))


def _merged(slug: str) -> str:
    """The slug of the live address that answers to this one too."""
    holding = models.Address.objects.filter(~Q(also=""), also__contains=slug, ended_edit=None)
    found = holding.order_by("slug").values_list("slug", "also")
    return next((other for other, also in found if slug in also), "")


def _renamed(slug: str) -> str:
    named = models.Address.objects.filter(natural=slug, ended_edit=None).order_by("slug")
    return named.values_list("slug", flat=True).first() or ""


def _rows_on(streets: Sequence[tuple[str, str]]) -> Iterator[Address]:
    if not streets:
        return iter(())
    wanted = Q()
    for locality, street in streets:
        wanted |= Q(locality=locality, street=street)
    return models.Address.values_of(models.Address.objects.filter(wanted, ended_edit=None))


def _answer(facts: register.Register, place: Place, today: date, span: Span | None) -> Answer:
    span = span or spans.default(today)
    if span.days > LONGEST:
        raise SpanTooLong(span.days, LONGEST)
    return answer.of(facts, place, span, today)
