"""Which tokens are there, and whose is the one that was shown? Shown once, kept as a digest."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from wastecal.staff import people
from wastecal.staff.models import Person, Token
from wastecal.staff.roles import Role

PREFIX = "wastecal_"
"""So that whoever finds one in a file knows what it opens."""


def make(person: Person, name: str, role: Role, days: int, now: datetime) -> tuple[Token, str]:
    """A token and its text, which nobody can see again."""
    text = PREFIX + secrets.token_urlsafe(32)
    made = Token.objects.create(
        person=person,
        name=name,
        digest=_digest(text),
        role=role,
        turn=person.turn,
        made_at=now,
        expires_at=now + timedelta(days=days),
    )
    people.note(person, "token_made", by=person.username, detail=f"{name} {role}")
    return made, text


def revoke(token: Token, now: datetime, *, by: str) -> None:
    if token.revoked_at is None:
        token.revoked_at = now
        token.save(update_fields=["revoked_at"])
        people.note(token.person, "token_revoked", by=by, detail=token.name)


def person_of(text: str, now: datetime) -> Person | None:
    """Whose token this is, with the lesser of both roles; None where it holds no longer, or never did."""
    token = Token.objects.select_related("person").filter(digest=_digest(text)).first()
    if token is None or not holds(token, now):
        return None
    Token.objects.filter(pk=token.pk).update(used_at=now)
    person = token.person
    if not Role(token.role).covers(Role(person.role)):
        person.role = token.role  # for this request alone: nobody saves it
    return person


def holds(token: Token, now: datetime) -> bool:
    """It ends with its time, by hand, and with all sessions of the person: password, factor, account."""
    person = token.person
    return (
        token.revoked_at is None
        and now < token.expires_at
        and token.turn == person.turn
        and person.is_active
        and not person.from_directory
    )


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
