"""How do we get a real nginx before a folder of files and an application, gone when we are done?"""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

from tests import server

DEPLOY = server.ROOT / "deploy" / "nginx"
READS = 2
"""Seconds for which nginx waits for the application here; in production it is 5, and tests would wait too."""
_CONFIGURATION = """
{user} daemon off; worker_processes 2; pid {home}/pid; error_log {home}/log;
events {{ worker_connections 512; }}
http {{
    client_body_temp_path {home}/body; proxy_temp_path {home}/proxy; fastcgi_temp_path {home}/f;
    uwsgi_temp_path {home}/u; scgi_temp_path {home}/s;
    include wastecal/http.conf;
    upstream wastecal {{ server 127.0.0.1:{application}; keepalive 16; }}
    server {{ listen 127.0.0.1:{port}; root {site}; include wastecal/{pattern}.conf; }}
}}
"""


@contextmanager
def running(pattern: str, site: Path, application: int, *, often: bool = False) -> Iterator[int]:
    """nginx with one of the patterns, `static-first` or `application-first`; gives its port.

    `often` lets one client ask the application as often as it likes.
    """
    with tempfile.TemporaryDirectory(prefix="wastecal-nginx-") as folder:
        home, port = Path(folder), server.free_port()
        shutil.copytree(DEPLOY, home / "wastecal")
        _change(home / "wastecal/common.conf", "proxy_read_timeout 5s;", f"proxy_read_timeout {READS}s;")
        if often:
            _change(home / "wastecal/http.conf", "rate=20r/s", "rate=100000r/s")
        user = "user root;" if os.geteuid() == 0 else ""  # the tests' folders are closed to others
        places = {"home": home, "port": port, "site": site, "application": application}
        text = _CONFIGURATION.format(user=user, pattern=pattern, **places)
        (home / "nginx.conf").write_text(text)
        process = subprocess.Popen([program(), "-p", home, "-c", home / "nginx.conf"], stderr=subprocess.PIPE)
        try:
            _wait(port, process)
            yield port
        finally:
            process.terminate()
            process.communicate(timeout=server.PATIENCE)


def _change(file: Path, there: str, instead: str) -> None:
    text = file.read_text()
    assert there in text
    file.write_text(text.replace(there, instead))


def program() -> str:
    return shutil.which("nginx") or "/usr/sbin/nginx"


def ask(port: int, url: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
    """One request on a connection of its own, with the path exactly as it is given."""
    connection = HTTPConnection("127.0.0.1", port, timeout=server.PATIENCE)
    try:
        named = {name.replace("_", "-"): text for name, text in headers.items()}
        connection.request(method, url, headers=named)
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


def _wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + server.PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            ask(port, "/")
        except ConnectionRefusedError:
            time.sleep(0.02)
        else:
            return
    raise RuntimeError(f"nginx did not start: {process.communicate()[1].decode()}")
