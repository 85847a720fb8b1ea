"""Holmby in the database, on a day that does not move, asked as a program asks."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import town
from wastecal import surface
from wastecal.api import throttling

Get = Callable[..., Any]


@pytest.fixture(autouse=True)
def _at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """23 November 2026, with a program that is older than all that is known."""
    monkeypatch.setattr(timezone, "now", lambda: town.NOON)
    monkeypatch.setattr(surface, "released", lambda: datetime(2026, 1, 1, tzinfo=UTC))


@pytest.fixture(autouse=True)
def _unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test asks more often than anybody may in a minute."""
    monkeypatch.setattr(throttling, "LIMIT", 10**9)


@pytest.fixture
def holmby(db: None) -> None:
    town.load(town.directory())


@pytest.fixture
def get(client: Client) -> Get:
    """Asks for a path below /api/v1/."""

    def answer(path: str, **headers: str) -> Any:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return client.get(f"/api/v1/{path}", headers=named)

    return answer
