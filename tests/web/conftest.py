"""A loaded town, and a day that does not move."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone, translation

from wastecal import answers

NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def on_23_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOON)


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    answers.forget()
    yield
    answers.forget()


@pytest.fixture
def town(db: None, tmp_path: Path) -> None:
    """Holmby, as tests/web/directory.py describes it."""
    from tests.web import directory

    call_command("load", str(directory.write(tmp_path)), verbosity=0)
    answers.forget()


@pytest.fixture
def in_swedish() -> Iterator[None]:
    with translation.override("sv"):
        yield


@pytest.fixture
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield
