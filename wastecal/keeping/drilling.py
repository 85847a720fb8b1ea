"""Would it all come back? A backup brought back into a scratch database must answer as the live one does."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

from wastecal import answers
from wastecal.answers import Everything
from wastecal.core import places
from wastecal.core.answer import Answer
from wastecal.keeping import backups, tables
from wastecal.keeping.keys import Identity


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
    """Every Answer of both, side by side, each database read once.

    Edits may go on meanwhile: where the answers differ, both are asked again as of the newest Edit
    that the backup knows.
    """
    live = answers.everything()
    with tables.instead(scratch):
        newest, kept = answers.newest_edit(), answers.everything()
    compared, suspects = 0, list[Place]()
    now = _places(live)
    for place, was in _places(kept).items():
        is_now = now.get(place)
        if not (live and kept and is_now and live.answer(is_now, today) == kept.answer(was, today)):
            suspects.append(place)
        compared += 1
        tick()
    differing = _differing(scratch, suspects, today, newest)
    return Outcome(compared, tuple(place.name for place in differing))


def _places(known: Everything | None) -> dict[Place, places.Place]:
    """All that can be asked about, by its own name, addresses by their slugs and then zones."""
    if known is None:
        return {}
    houses = (named for named in known.addresses if named.slug == named.place.slug)
    return {
        **{Place(named.slug): named.place for named in sorted(houses, key=lambda named: named.slug)},
        **{Place(named.place.zone, is_zone=True): named.place for named in known.zone_places},
    }


def _differing(
    scratch: BaseDatabaseWrapper, suspects: Sequence[Place], today: date, as_of: int
) -> list[Place]:
    live = [_answer(place, today, as_of) for place in suspects]
    with tables.instead(scratch):
        kept = [_answer(place, today, as_of) for place in suspects]
    return [
        place for place, one, other in zip(suspects, live, kept, strict=True) if one is None or one != other
    ]


def _answer(place: Place, today: date, as_of: int) -> Answer | None:
    ask = answers.for_zone if place.is_zone else answers.for_address
    return ask(place.name, today, as_of=as_of)
