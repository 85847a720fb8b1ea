"""Holmby in the database, on a day that does not move."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from tests import town
from wastecal import surface


@pytest.fixture
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """23 November 2026, with a program that is older than all that is known."""
    monkeypatch.setattr(timezone, "now", lambda: town.NOON)
    monkeypatch.setattr(surface, "released", lambda: datetime(2026, 1, 1, tzinfo=UTC))


@pytest.fixture
def holmby(db: None, at_noon: None) -> None:
    town.load(town.directory())
