"""What has staff said about pickups? Moves, delays, cancellations and additions."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date as Date
from enum import StrEnum

from wastecal.core import scopes
from wastecal.core.pickup import Pickup, Status
from wastecal.core.spans import Span
from wastecal.core.texts import NOTHING, Text


class Kind(StrEnum):
    """What staff says about a pickup."""

    MOVE = "move"
    DELAY = "delay"
    CANCEL = "cancel"
    ADD = "add"


class Reason(StrEnum):
    """Why, for one address: a code, never free text, since an address is somebody's home."""

    ACCESS = "access"
    AGREED = "agreed"
    MISSED = "missed"
    ROADWORKS = "roadworks"
    VEHICLE = "vehicle"
    WEATHER = "weather"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Override:
    """Staff's word on the pickups of some containers in a scope (all containers where empty).

    It acts on what is planned, after holiday moves, on `date`; an added pickup comes on
    `new_date`, else on `date`. `key` is permanent: number of the Edit, a dot, an index.
    """

    key: str
    kind: Kind
    scope: str
    containers: tuple[str, ...]
    date: Date | None
    new_date: Date | None = None
    new_date_until: Date | None = None
    reason: Text = NOTHING
    edit: int = 0
    ended_edit: int | None = None

    @property
    def day(self) -> Date:
        """The day it acts on: the planned one, or the one it adds."""
        day = self.new_date or self.date if self.kind is Kind.ADD else self.date
        assert day is not None
        return day

    def concerns(self, container: str) -> bool:
        return not self.containers or container in self.containers

    def touches(self, span: Span) -> bool:
        """Whether what it says puts a pickup into `span` or takes one out of it."""
        return self.day in span or (self.new_date is not None and self.new_date in span)


def overlay(
    pickups: Iterable[Pickup], overrides: Iterable[Override], is_within: Callable[[str, Date], bool]
) -> tuple[Pickup, ...]:
    """The pickups after the overrides; of two on one pickup the stronger counts, none chains.

    `is_within` tells whether a scope bears on the place on a nominal date. Overrides that add
    are not applied here: see `added`.
    """
    acting: dict[Date, list[Override]] = {}
    for override in overrides:
        if override.kind is not Kind.ADD:
            acting.setdefault(override.day, []).append(override)
    return tuple(
        _after(
            pickup,
            [
                override
                for override in acting.get(pickup.planned, ())
                if override.concerns(pickup.container)
                and is_within(override.scope, pickup.nominal or pickup.planned)
            ],
        )
        for pickup in pickups
    )


def added(override: Override, container: str) -> Pickup:
    """The extra pickup that an override of kind add brings for `container`."""
    return Pickup(
        container=container,
        nominal=None,
        planned=override.day,
        date=override.day,
        date_until=_until(override, override.day),
        status=Status.ADDED,
        reason=override.reason,
        key=override.key,
    )


def strength(override: Override) -> tuple[int, int, int]:
    """What decides between two overrides on one pickup: the narrower scope, then the newer."""
    index = override.key.rpartition(".")[2]
    return scopes.narrowness(override.scope), override.edit, int(index) if index.isdecimal() else 0


def _after(pickup: Pickup, bearing: list[Override]) -> Pickup:
    if not bearing:
        return pickup
    override = max(bearing, key=strength)
    said = replace(pickup, reason=override.reason, key=override.key, preliminary=False)
    if override.kind is Kind.CANCEL:
        return replace(said, status=Status.CANCELLED)
    if override.kind is Kind.DELAY:
        return replace(said, status=Status.DELAYED)
    assert override.new_date is not None
    until = _until(override, override.new_date)
    return replace(said, date=override.new_date, date_until=until, status=Status.MOVED)


def _until(override: Override, first: Date) -> Date | None:
    until = override.new_date_until
    return until if until and until > first else None
