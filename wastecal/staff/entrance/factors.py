"""Which second factors has a person set up?"""

from allauth.mfa.models import Authenticator

from wastecal.staff.models import Person

_WHOLE = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""Recovery codes are a way round a lost factor, and none by themselves."""


def has(person: Person) -> bool:
    found: bool = Authenticator.objects.filter(user=person, type__in=_WHOLE).exists()
    return found


def forget(person: Person) -> None:
    Authenticator.objects.filter(user=person).delete()
