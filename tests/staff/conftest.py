"""A loaded town, people who work there, and a day that does not move."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from tests import loaded, town
from tests.staff import entrance
from wastecal.staff.models import Person
from wastecal.staff.roles import Role


@pytest.fixture(autouse=True)
def _at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: town.NOON)


holmby_once = loaded.once()


@pytest.fixture
def holmby(holmby_once: None, db: None) -> None:
    """Holmby, as tests/town.py describes it."""


@pytest.fixture
def client_of(holmby: None) -> Callable[[Role], Client]:
    """A browser in which somebody with a role is logged in."""

    def made(role: Role, *zones: str) -> Client:
        person = Person.objects.create_user(f"{role}-{len(zones)}", password="x", role=role, zones=zones)
        client = Client()
        client.force_login(person)
        entrance.admit(client, person)
        return client

    return made
