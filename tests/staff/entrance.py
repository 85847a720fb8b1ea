"""How does a test get a person in: by the door, or as if two factors had been shown?"""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.test import Client

from wastecal.staff.entrance import guard
from wastecal.staff.models import Person

SECRET = "JBSWY3DPEHPK3PXP"
PASSWORD = "bokabo-fetoni-gahuru-lamiso-poruty"


def admit(client: Client, person: Person) -> None:
    """The session is one in which the second factor was shown."""
    session = client.session
    session[guard.ADMITTED] = [person.pk, int(time.time())]
    session.save()


def with_app(person: Person) -> Person:
    """The person has set up an app for codes."""
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": SECRET})
    return person


def code(secret: str = SECRET, *, steps: int = 0) -> str:
    """What the app shows now, or some steps of half a minute later."""
    return str(auth.format_hotp_value(auth.hotp_value(secret, int(time.time()) // 30 + steps)))
