"""How do we get a PostgreSQL for the tests that no one else uses and that leaves nothing behind?"""

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

# Nothing in it is worth keeping, so it need not wait for the disk.
_OPTIONS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c listen_addresses=127.0.0.1"
PATIENCE = 60
"""Seconds that a start may take on a busy machine."""


def programs() -> Path | None:
    """The folder with initdb and pg_ctl: Debian keeps them out of PATH; the newest version counts."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).parent
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda file: int(file.parts[-3]))
    return debian[-1].parent if debian else None


@dataclass(frozen=True)
class Cluster:
    """A server of databases, whose files lie in `home`; it runs while it is started."""

    programs: Path
    home: Path
    port: int
    password: str = field(default_factory=lambda: secrets.token_hex(16))

    @property
    def data(self) -> Path:
        return self.home / "data"

    def url(self, database: str = "postgres") -> str:
        """The DATABASE_URL of one of its databases."""
        return f"postgres://wastecal:{self.password}@127.0.0.1:{self.port}/{database}"

    def make(self) -> None:
        (self.home / "password").write_text(self.password)
        access = ("-U", "wastecal", "-A", "scram-sha-256", "--pwfile", self.home / "password")
        initdb = self.programs / "initdb"
        _as_postgres(initdb, "--no-sync", "-D", self.data, "-E", "UTF8", "--locale=C", *access)

    def start(self) -> None:
        """Runs it; where it was killed, its orphans may take a moment to end."""
        options = f"{_OPTIONS} -k {self.home} -p {self.port}"
        start = ("start", "-w", "-D", self.data, "-l", self.home / "log", "-o", options)
        until = time.monotonic() + PATIENCE
        while _as_postgres(self.programs / "pg_ctl", *start, check=time.monotonic() > until):
            time.sleep(0.1)

    def stop(self) -> None:
        """Ends it; a test may have killed it, or never started it."""
        stop = self.programs / "pg_ctl", "stop", "-w", "-m", "immediate", "-D", self.data
        _as_postgres(*stop, check=False)

    @contextmanager
    def database(self, like: str = "template1") -> Iterator[str]:
        """The name of a new database that is a copy of another, gone afterwards."""
        name = f"wastecal_{secrets.token_hex(6)}"
        self._administer(f"CREATE DATABASE {name} TEMPLATE {like}")
        try:
            yield name
        finally:
            self._administer(f"DROP DATABASE {name} WITH (FORCE)")

    def _administer(self, statement: str) -> None:
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def made(folder: Path) -> Iterator[Cluster]:
    """A new cluster that is not yet started; stopped and deleted after."""
    home = Path(tempfile.mkdtemp(prefix="wastecal-pg-"))  # short: a socket's path has 107 bytes at most
    if os.geteuid() == 0:
        shutil.chown(home, "postgres")
    cluster = Cluster(folder, home, _free_port())
    try:
        cluster.make()
        yield cluster
    finally:
        cluster.stop()
        shutil.rmtree(home)


def _as_postgres(*command: str | Path, check: bool = True) -> int:
    """PostgreSQL refuses to run as root; then it runs as the user its package made."""
    done = subprocess.run(
        command,
        check=check,
        cwd="/",
        user="postgres" if os.geteuid() == 0 else None,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,  # a pipe would stay open as long as the server lives
    )
    return done.returncode


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
