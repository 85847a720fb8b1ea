"""How many requests a second? Feed, 304, page and search beside a Django view that does nothing."""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from time import perf_counter
from urllib.parse import urlsplit
from urllib.request import urlopen

from bench import rounds, town
from bench.rounds import Table
from tests import server
from tests.town import write

ROUNDS, SECONDS, CONNECTIONS = 7, 1, 8
FEED = "/adress/norrby/alvagen/1.ics"
PAGE = "/adress/norrby/alvagen/1/"
SEARCH = "/?q=bj%C3%B6rkvagen"

Target = tuple[str, dict[str, str]]


def tables() -> Iterator[Table]:
    with tempfile.TemporaryDirectory() as name:
        env = server.environment(Path(name))
        server.manage("migrate", "--verbosity", "0", env=env)
        server.manage("load", str(write(Path(name, "town"), town.directory())), env=env)
        with (
            server.running("bench.bare:application", env) as bare,
            server.running("config.wsgi:application", env) as ours,
        ):
            yield rounds.by_rate("server", "requests a second over loopback", _rates(_targets(bare, ours)))


def _targets(bare: str, ours: str) -> dict[str, Target]:
    with urlopen(ours + FEED) as response:
        etag = response.headers["ETag"]
    return {
        "bare Django view": (bare + "/", {}),
        "feed, 304": (ours + FEED, {"If-None-Match": etag}),
        "feed, 200": (ours + FEED, {}),
        "address page": (ours + PAGE, {}),
        "search": (ours + SEARCH, {}),
    }


def _rates(targets: dict[str, Target]) -> dict[str, list[float]]:
    client = _by_wrk if shutil.which("wrk") else _by_threads
    found: dict[str, list[float]] = {name: [] for name in targets}
    for turn in range(ROUNDS + 1):
        for name, (url, headers) in targets.items():
            rate = client(url, headers)
            if turn:  # the first turn only warms up
                found[name].append(rate)
    return found


def _by_wrk(url: str, headers: dict[str, str]) -> float:
    said = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", *said, url]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    rate = re.search(r"Requests/sec:\s+([0-9.]+)", done.stdout)
    if rate is None or "Non-2xx" in done.stdout or "Socket errors" in done.stdout:
        raise RuntimeError(f"{url} was not answered as it should be: {done.stdout}")
    return float(rate[1])


def _by_threads(url: str, headers: dict[str, str]) -> float:
    until = perf_counter() + SECONDS
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        counts = [pool.submit(_asked, url, headers, until) for _ in range(CONNECTIONS)]
        return sum(count.result() for count in counts) / SECONDS


def _asked(url: str, headers: dict[str, str], until: float) -> int:
    parts, count = urlsplit(url), 0
    connection = HTTPConnection(parts.hostname or "", parts.port)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    while perf_counter() < until:
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        response.read()
        if response.status not in (200, 304):
            raise RuntimeError(f"{url} was answered with {response.status}")
        count += 1
    connection.close()
    return count
