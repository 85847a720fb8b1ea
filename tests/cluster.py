"""How do we get a PostgreSQL for the tests that no one else uses and that leaves nothing behind?"""

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Nothing in it is worth keeping, so it need not wait for the disk.
_OPTIONS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c listen_addresses=127.0.0.1"


def programs() -> Path | None:
    """The folder with initdb and pg_ctl: Debian keeps them out of PATH; the newest version counts."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).parent
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda file: int(file.parts[-3]))
    return debian[-1].parent if debian else None


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """A new cluster on a free port, as the DATABASE_URL of its empty database; stopped and deleted after."""
    home = Path(tempfile.mkdtemp(prefix="wastecal-pg-"))  # short: a socket's path has 107 bytes at most
    if os.geteuid() == 0:
        shutil.chown(home, "postgres")
    port, data, password = _free_port(), home / "data", secrets.token_hex(16)
    (home / "password").write_text(password)
    try:
        access = ("-U", "wastecal", "-A", "scram-sha-256", "--pwfile", home / "password")
        _as_postgres(folder / "initdb", "-D", data, "-E", "UTF8", "--locale=C", *access)
        options = f"{_OPTIONS} -k {home} -p {port}"
        _as_postgres(folder / "pg_ctl", "start", "-w", "-D", data, "-l", home / "log", "-o", options)
        try:
            yield f"postgres://wastecal:{password}@127.0.0.1:{port}/postgres"
        finally:
            stop = folder / "pg_ctl", "stop", "-w", "-m", "immediate", "-D", data
            _as_postgres(*stop, check=False)  # a test may have killed it
    finally:
        shutil.rmtree(home)


def _as_postgres(*command: str | Path, check: bool = True) -> None:
    """PostgreSQL refuses to run as root; then it runs as the user its package made."""
    subprocess.run(
        command,
        check=check,
        cwd="/",
        user="postgres" if os.geteuid() == 0 else None,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,  # a pipe would stay open as long as the server lives
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
