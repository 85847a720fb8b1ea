"""What do all tests stand on: examples from chance, a PostgreSQL of their own, what was not run?"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection
from hypothesis import HealthCheck, settings
from pytest_django import DjangoDbBlocker

from tests import cluster, nightly, server
from tests.cluster import Cluster
from wastecal import answers

# Time limits fail on a busy machine and prove nothing; `HYPOTHESIS_PROFILE=thorough` looks longer.
settings.register_profile("ci", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("thorough", settings.get_profile("ci"), max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture(scope="session")
def migrated_file(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Path:
    """An SQLite database with our tables, to be copied: making them takes seconds."""
    file = tmp_path_factory.mktemp("migrated") / "wastecal.sqlite3"
    with django_db_blocker.unblock(), closing(sqlite3.connect(file)) as target:
        connection.ensure_connection()
        connection.connection.backup(target)
    return file


@pytest.fixture(scope="session")
def stopped_cluster() -> Iterator[Cluster]:
    """A private PostgreSQL that is to be started, and may be killed; gone after the tests."""
    with _cluster() as made:
        yield made


@pytest.fixture(scope="session")
def running_cluster() -> Iterator[Cluster]:
    """The private PostgreSQL in which every test has databases of its own."""
    with _cluster() as made:
        made.start()
        yield made


@pytest.fixture
def postgres(running_cluster: Cluster) -> Iterator[str]:
    """The DATABASE_URL of an empty database for one test alone, which may do with it what it likes."""
    with running_cluster.database() as name:
        yield running_cluster.url(name)


@pytest.fixture(scope="session")
def migrated(running_cluster: Cluster) -> Iterator[str]:
    """The name of a database with our tables, to be copied: making them takes seconds."""
    with running_cluster.database() as name:
        server.manage(
            "migrate", "--verbosity", "0", env=os.environ | {"DATABASE_URL": running_cluster.url(name)}
        )
        yield name


@pytest.fixture
def migrated_postgres(running_cluster: Cluster, migrated: str) -> Iterator[str]:
    """The DATABASE_URL of a database with our tables and nothing in them, for one test alone."""
    with running_cluster.database(like=migrated) as name:
        yield running_cluster.url(name)


@contextmanager
def _cluster() -> Iterator[Cluster]:
    programs = cluster.programs()
    if programs is None:
        if "CI" in os.environ:
            pytest.fail("PostgreSQL is not installed; `make test` installs it as root on Debian")
        pytest.skip("PostgreSQL is not installed")
    with cluster.made(programs) as made:
        yield made


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """No test sees what another one's database held."""
    answers.forget()


def pytest_configure(config: pytest.Config) -> None:
    # A password is worth half a second of hashing to a thief; to a test it is worth none.
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    config.pluginmanager.register(nightly.Reporter())
