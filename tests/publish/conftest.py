"""A site that is served, and a place to mirror it to."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.publish import sites
from tests.publish.servers import Server, serving


@pytest.fixture
def origin(tmp_path: Path) -> Path:
    sites.publish(tmp_path / "origin")
    return tmp_path / "origin"


@pytest.fixture
def server(origin: Path) -> Iterator[Server]:
    with serving(origin / "current") as running:
        yield running


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "mirror"
