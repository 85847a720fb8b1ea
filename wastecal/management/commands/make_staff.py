"""How does the first member of the staff get an account, and how does IT help somebody who is locked out?"""

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from wastecal import answers
from wastecal.management import console
from wastecal.staff import people
from wastecal.staff.models import Person
from wastecal.staff.roles import NAMES

_HELP = (
    ("deactivate", people.deactivate, "close the account; what the person did stays in the history"),
    ("activate", people.activate, "open a closed account again"),
    ("reset-second-factor", people.reset_second_factor, "the telephone is lost: set up a second step anew"),
    ("log-out", people.end_sessions, "end every session of the person"),
)


class Command(console.Command):
    help = "Makes an account for a member of the staff, or helps one who is locked out."
    example = "anna --role publicera"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the user name to log in with")
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--role", choices=list(NAMES), help="make an account that may do this")
        what.add_argument("--new-password", action="store_true", help="the password is forgotten")
        for option, _act, said in _HELP:
            what.add_argument(f"--{option}", action="store_true", help=said)
        parser.add_argument("--zones", default="", help="a foreman's zones, with commas: H1,H2")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["name"]
        person = Person.objects.filter(username__iexact=name).first()
        if options["role"]:
            self._make(name, person, options)
        elif person is None:
            console.refuse(f"There is no account '{name}'. 'make_staff {name} --role …' makes one.")
        elif options["new_password"]:
            self._new_password(person)
        else:
            for option, act, _said in _HELP:
                if options[option.replace("-", "_")]:
                    act(person, by=people.COMMAND_LINE)
                    self.stdout.write(f"Done: {option} for {person.username}.")

    def _make(self, name: str, there: Person | None, options: dict[str, Any]) -> None:
        if there is not None:
            console.refuse(f"There is an account '{there.username}' already. Choose another name.")
        _refuse_bad_name(name)
        zones = _zones(options["zones"])
        password, shown = _password(Person(username=name))
        person = people.make(name, NAMES[options["role"]], zones, password, by=people.COMMAND_LINE)
        self.stdout.write(f"Account: {person.username}, {options['role']}{' '.join(['', *zones])}")
        self._show(shown)

    def _new_password(self, person: Person) -> None:
        password, shown = _password(person)
        people.new_password(person, password, by=people.COMMAND_LINE)
        self.stdout.write(f"Account: {person.username}")
        self._show(shown)

    def _show(self, password: str) -> None:
        if password:
            self.stdout.write(f"Password, shown once: {password}")
        self.stdout.write("The second step (an app or a passkey) is set up at the next log-in, /personal/.")


def _refuse_bad_name(name: str) -> None:
    try:
        Person.username_validator(name)
    except ValidationError:
        console.refuse(f"'{name}' is no user name; use letters, digits and . - _ @ + without spaces.")


def _zones(text: str) -> list[str]:
    """The codes, each of a zone that there is."""
    asked = [code.strip() for code in text.split(",") if code.strip()]
    known = [zone.code for zone in answers.zones()]
    for code in asked:
        if code not in known:
            console.refuse(f"There is no zone '{code}'. There are: {', '.join(known) or 'none'}.")
    return asked


def _password(person: Person) -> tuple[str, str]:
    """The password, typed twice on a terminal; else one of ours, and to be shown."""
    if not (sys.stdin.isatty() and console.is_terminal()):
        made = people.generated_password()
        return made, made
    typed = getpass.getpass("Password (nothing: one is made): ")
    if not typed:
        made = people.generated_password()
        return made, made
    if typed != getpass.getpass("Once more: "):
        console.refuse("The two are not the same. Nothing was changed.")
    try:
        validate_password(typed, person)
    except ValidationError as error:
        console.refuse(" ".join(error.messages))
    return typed, ""
