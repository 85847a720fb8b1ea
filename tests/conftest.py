"""What do all tests stand on: examples from chance, a PostgreSQL of their own, what was not run?"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, settings

from tests import cluster, nightly
from wastecal import answers

# Time limits fail on a busy machine and prove nothing; `HYPOTHESIS_PROFILE=thorough` looks longer.
settings.register_profile("ci", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("thorough", settings.get_profile("ci"), max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The DATABASE_URL of an empty database in a private PostgreSQL, which is gone after the tests."""
    with _cluster() as url:
        yield url


@pytest.fixture
def own_postgres() -> Iterator[str]:
    """The same for one test alone, which may do with it what it likes."""
    with _cluster() as url:
        yield url


@contextmanager
def _cluster() -> Iterator[str]:
    programs = cluster.programs()
    if programs is None:
        if "CI" in os.environ:
            pytest.fail("PostgreSQL is not installed; `make test` installs it as root on Debian")
        pytest.skip("PostgreSQL is not installed")
    with cluster.running(programs) as url:
        yield url


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """No test sees what another one's database held."""
    answers.forget()


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(nightly.Reporter())
