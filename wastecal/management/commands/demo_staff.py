"""How does one get in where a demonstration runs? An account, its password, and codes for the second step."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings

from wastecal import answers
from wastecal.management import console, demonstration
from wastecal.staff import people
from wastecal.staff.entrance import factors
from wastecal.staff.models import Person
from wastecal.staff.roles import Role

_NAME = "demo"
_SHOWN = 3


class Command(console.Command):
    help = "Makes the account of a demonstration once, and says how to get in. Not in production."
    example = "--keep-in var/demo_password"

    def add_arguments(self, parser: ArgumentParser) -> None:
        default = settings.VAR_DIR / "demo_password"
        parser.add_argument("--keep-in", type=Path, default=default, help=f"the password's file ({default})")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            console.refuse("This is no demonstration (DEBUG is false). Use make_staff.")
        town = answers.town()
        if town is None or not demonstration.is_demonstration(town):
            self.stdout.write(
                "Staff: 'python manage.py make_staff NAME --role administrera' makes the first account."
            )
            return
        person, password = _account(options["keep_in"])
        if not person.is_active:
            return
        codes = _codes(person)
        self.stdout.write(
            f"Staff: log in at /personal/ as {_NAME}, password {password or '(you have changed it)'}"
        )
        self.stdout.write(f"  then one of these codes, each of which works once: {' '.join(codes[:_SHOWN])}")


def _account(file: Path) -> tuple[Person, str]:
    """The account and its password; the file is for its owner's eyes only, like the secret key beside it."""
    person = Person.objects.filter(username=_NAME).first()
    password = file.read_text("ascii").strip() if file.exists() else ""
    if person is not None:
        return person, password if person.check_password(password) else ""
    if not password:
        password = people.generated_password()
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(password, "ascii")
    return people.make(_NAME, Role.ADMINISTER, (), password, by=people.COMMAND_LINE), password


def _codes(person: Person) -> list[str]:
    """Recovery codes beside an app that nobody has: the real second step, in a minute."""
    if not factors.has(person):
        TOTP.activate(person, generate_totp_secret())
    found = RecoveryCodes.activate(person)
    if len(found.get_unused_codes()) < _SHOWN:
        found.instance.delete()
        found = RecoveryCodes.activate(person)
    return list(found.get_unused_codes())
