"""How do we get the application under its real server, on loopback, gone when we are done?"""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60
"""Seconds that a start may take on a busy machine."""


def environment(folder: Path) -> dict[str, str]:
    """A demonstration with a database of its own in `folder`, whatever the caller's variables say."""
    ours = {"DEBUG", "SITE_URL", "ALLOWED_HOSTS", "TRUSTED_PROXIES", "SECRET_KEY"}
    inherited = {name: value for name, value in os.environ.items() if name not in ours}
    return {**inherited, "DATABASE_URL": f"sqlite:///{folder}/wastecal.sqlite3", "SECRET_KEY": "s" * 50}


def manage(*arguments: str, env: Mapping[str, str]) -> None:
    command = [sys.executable, "manage.py", *arguments]
    subprocess.run(command, cwd=ROOT, env=dict(env), check=True, stdout=subprocess.DEVNULL)


@contextmanager
def running(application: str, env: Mapping[str, str]) -> Iterator[str]:
    """Serves a WSGI application under granian as `make run` does; gives its address."""
    port = free_port()
    with process(application, env, port):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def process(application: str, env: Mapping[str, str], port: int) -> "Iterator[subprocess.Popen[bytes]]":
    """The same on a port of one's own; gives the process, which leads a group with its workers."""
    options = ("--interface", "wsgi", "--no-ws", "--log-level", "warning", "--blocking-threads", "4")
    command = [sys.executable, "-m", "granian", *options, "--port", str(port), application]
    with tempfile.TemporaryFile() as said:
        started = subprocess.Popen(
            command, cwd=ROOT, env=dict(env), stdout=said, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            _wait(f"http://127.0.0.1:{port}/healthz/live", started)
            yield started
        finally:
            started.terminate()
            started.wait(PATIENCE)


def _wait(url: str, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(url):
                return
        except URLError:
            time.sleep(0.05)
    raise RuntimeError(f"the server did not start (exit code {process.poll()})")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
