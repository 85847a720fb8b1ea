"""A loaded town, and a day that does not move."""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone, translation

from tests.web import directory
from wastecal import answers


@pytest.fixture(autouse=True)
def on_23_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: directory.NOON)


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    answers.forget()
    yield
    answers.forget()


@pytest.fixture
def town(db: None, tmp_path: Path) -> None:
    """Holmby, as tests/web/directory.py describes it."""
    call_command("load", str(directory.write(tmp_path)), stdout=StringIO())
    answers.forget()


@pytest.fixture
def in_swedish() -> Iterator[None]:
    with translation.override("sv"):
        yield


@pytest.fixture
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield
