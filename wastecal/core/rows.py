"""What does a municipality know? The rows of its data directory as values, each with its version."""

from dataclasses import dataclass
from datetime import date, datetime

from wastecal.core.texts import Text


@dataclass(frozen=True, slots=True)
class Edit:
    """One numbered write; `at` in whole seconds, with its offset."""

    number: int
    at: datetime
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Municipality:
    """Whose service this is, and from when on it is how sure.

    From `holidays_decided_until` on, weeks with a holiday are preliminary. Reconstructed pickups
    below `certain_from` are tentative; below `shown_from` only possibilities are shown.
    """

    name: str
    uid_domain: str
    created: datetime
    code: str = ""
    timezone: str = "Europe/Stockholm"
    languages: tuple[str, ...] = ("sv",)
    site_url: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    contact_url: str = ""
    put_out_by: str = ""
    holidays_decided_until: date | None = None
    certain_from: float = 0.95
    shown_from: float = 0.60
    edit: int = 0
    ended_edit: int | None = None


@dataclass(frozen=True, slots=True)
class Container:
    """What stands at the kerb; `fractions` holds (language, fractions) pairs.

    For the `kinds` of address it lists; where it lists none, for houses and unknown ones.
    """

    code: str
    name: Text
    fractions: tuple[tuple[str, tuple[str, ...]], ...] = ()
    default_rrule: str = ""
    kinds: tuple[str, ...] = ()
    optional: bool = False
    colour: str = ""
    icon: str = ""
    order: int = 0
    edit: int = 0
    ended_edit: int | None = None


@dataclass(frozen=True, slots=True)
class Zone:
    """Addresses that share rules."""

    code: str
    name: str
    edit: int = 0
    ended_edit: int | None = None


@dataclass(frozen=True, slots=True)
class Address:
    """A place one can look up; `slug` is its permanent name. `lat` and `lon` in degrees, WGS 84.

    `also` are slugs of other addresses that are one with it now, and of names it once had.
    """

    street: str
    number: str
    letter: str
    postcode: str
    locality: str
    slug: str
    kind: str = ""
    zone: str = ""
    lat: float | None = None
    lon: float | None = None
    also: tuple[str, ...] = ()
    edit: int = 0
    ended_edit: int | None = None


@dataclass(frozen=True, slots=True)
class ZoneMove:
    """The address with this slug belongs to `zone` from the nominal date `valid_from` on."""

    address: str
    zone: str
    valid_from: date
    edit: int = 0
    ended_edit: int | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """A message for a scope, shown on the days shown_from <= day < shown_until."""

    key: str
    scope: str
    text: Text
    shown_from: date
    shown_until: date
    edit: int = 0
    ended_edit: int | None = None

    def shown_on(self, day: date) -> bool:
        return self.shown_from <= day < self.shown_until
