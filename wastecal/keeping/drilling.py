"""Would it all come back? A backup brought back into a scratch database must answer as the live one does."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

from wastecal import answers
from wastecal.core.answer import Answer
from wastecal.keeping import backups, tables
from wastecal.keeping.keys import Identity
from wastecal.models import Address

_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Place:
    """An address by its slug, or a zone by its code."""

    name: str
    is_zone: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many answers were compared, and the places that are answered otherwise by the restored database."""

    compared: int
    differing: tuple[str, ...]


@contextmanager
def restored(path: Path, identities: Sequence[Identity]) -> Iterator[BaseDatabaseWrapper]:
    """A scratch database with what is in the backup, gone afterwards."""
    with backups.engine().scratch() as scratch:
        with tables.instead(scratch):
            backups.restore(path, identities)
        yield scratch


def compare(scratch: BaseDatabaseWrapper, today: date, tick: Callable[[], None] = lambda: None) -> Outcome:
    """Every Answer of both, side by side, in bounded memory.

    Edits may go on meanwhile: where the answers differ, both are asked again as of the newest Edit
    that the backup knows.
    """
    with tables.instead(scratch):
        newest, places = answers.newest_edit(), list(_places())
    compared, differing = 0, list[str]()
    rest = iter(places)
    while batch := list(islice(rest, _BATCH)):
        suspects = _differing(scratch, batch, today, None)
        differing += [place.name for place in _differing(scratch, suspects, today, newest)]
        compared += len(batch)
        for _ in batch:
            tick()
    return Outcome(compared, tuple(differing))


def _places() -> Iterator[Place]:
    slugs = Address.objects.filter(ended_edit=None).order_by("slug").values_list("slug", flat=True)
    zones = (Place(zone.code, is_zone=True) for zone in answers.zones())
    return chain(zones, map(Place, slugs.iterator()))


def _differing(
    scratch: BaseDatabaseWrapper, places: Sequence[Place], today: date, as_of: int | None
) -> list[Place]:
    live = [_answer(place, today, as_of) for place in places]
    with tables.instead(scratch):
        kept = [_answer(place, today, as_of) for place in places]
    return [
        place for place, one, other in zip(places, live, kept, strict=True) if one is None or one != other
    ]


def _answer(place: Place, today: date, as_of: int | None) -> Answer | None:
    ask = answers.for_zone if place.is_zone else answers.for_address
    return ask(place.name, today, as_of=as_of)
