"""Who gets an account, and what was done to it by whom? Each change is noted in a log of its own.

`by` is the name of who did it; "" for the command line, DIRECTORY for the municipality's directory.
"""

import secrets
from collections.abc import Sequence

from django.utils import timezone

from wastecal.staff.entrance import factors
from wastecal.staff.models import AccountNote, Person
from wastecal.staff.roles import Role

_WORDS = 5
_SYLLABLES = tuple(first + second for first in "bdfghjklmnprstv" for second in "aeiouy")
COMMAND_LINE = ""
DIRECTORY = "(directory)"  # no user name has brackets


def generated_password() -> str:
    """Five words nobody has used, of three syllables each; 97 bits, and it can be read out on a telephone."""
    return "-".join("".join(secrets.choice(_SYLLABLES) for _ in range(3)) for _ in range(_WORDS))


def make(name: str, role: Role, zones: Sequence[str], password: str, *, by: str) -> Person:
    """The name must be free."""
    person = Person.objects.create_user(name, password=password, role=role, zones=tuple(zones))
    note(person, "made", by=by, detail=_duties(person))
    return person


def change(person: Person, *, by: str, role: Role, zones: Sequence[str] | None = None) -> None:
    """Takes effect with the person's next request."""
    before = _duties(person)
    person.role = role
    if zones is not None:
        person.zones = tuple(zones)
    if _duties(person) == before:
        return
    person.save(update_fields=["role", "zones"])
    note(person, "changed", by=by, detail=f"{before} → {_duties(person)}")


def deactivate(person: Person, *, by: str) -> None:
    """Nobody is deleted: the history names them."""
    person.is_active = False
    _shut(person)
    note(person, "deactivated", by=by)


def activate(person: Person, *, by: str) -> None:
    person.is_active = True
    person.save(update_fields=["is_active"])
    note(person, "activated", by=by)


def end_sessions(person: Person, *, by: str) -> None:
    _shut(person)
    note(person, "logged_out", by=by)


def reset_second_factor(person: Person, *, by: str) -> None:
    """The person sets up a new one at the next log-in; recovery codes go too."""
    factors.forget(person)
    _shut(person)
    note(person, "factor_reset", by=by)


def new_password(person: Person, password: str, *, by: str) -> None:
    person.set_password(password)
    person.save(update_fields=["password"])
    _shut(person)
    note(person, "password_reset", by=by)


def note(person: Person, what: str, *, by: str, detail: str = "") -> None:
    AccountNote.objects.create(at=timezone.now(), by=by, person=person, what=what, detail=detail)


def _shut(person: Person) -> None:
    """Every session of the person ends with its next request."""
    person.turn += 1
    person.save(update_fields=["turn", "is_active"])


def _duties(person: Person) -> str:
    return " ".join([str(Role(person.role)), *person.zones])
