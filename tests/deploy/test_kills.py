"""Does anyone notice when the application and its database are killed while everybody asks?"""

import json
import os
import random
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest

from bench import publishing
from tests import server, town
from tests.cluster import Cluster
from tests.deploy import proxy

SLUGS = [slug for slug in town.SLUGS if "parkgatan" not in slug]
PLAIN = [
    "/",
    "/en/",
    "/adresser/",
    "/om/",
    *(f"/zon/{zone}{end}" for zone in ("h1", "h2") for end in ("/", ".ics")),
]
PLAIN += [
    f"{lang}/adress/{slug}{end}"
    for lang in ("", "/en")
    for slug in SLUGS
    for end in ("/", ".ics", ".paminn.ics", ".json")
]
ASKED = [url + "?paminn=19:30" for url in PLAIN if url.endswith(".ics")]
ASKED += [url + "?x=1" for url in PLAIN if not url.endswith(".ics")] + ["/?q=storgatn"]
CLIENTS = 4


@dataclass
class Told:
    """What the clients saw: failures in words, and the seconds of each request after the kill."""

    asked: int = 0
    failures: list[str] = field(default_factory=list)
    after: list[float] = field(default_factory=list)

    @property
    def p99(self) -> float:
        return sorted(self.after)[len(self.after) * 99 // 100]


@dataclass(frozen=True)
class Town:
    """The real application on a PostgreSQL of its own, its published files, and who is to be killed."""

    cluster: Cluster
    folder: Path
    port: int = field(default_factory=server.free_port)

    @property
    def env(self) -> dict[str, str]:
        named = {"DATABASE_URL": self.cluster.url(), "DJANGO_SETTINGS_MODULE": "config.settings"}
        return {**server.environment(self.folder), **named}

    @property
    def files(self) -> Path:
        return self.folder / "site" / "current"

    def postmaster(self) -> int:
        return int((self.cluster.data / "postmaster.pid").read_text().splitlines()[0])


@pytest.fixture(scope="module")
def published(stopped_cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Town:
    """Loaded and published once, without the printed years, for which nobody asks here."""
    made = Town(stopped_cluster, tmp_path_factory.mktemp("holmby"))
    stopped_cluster.start()
    server.manage("migrate", "--verbosity", "0", env=made.env)
    server.manage("load", str(town.write(made.folder / "holmby", town.directory())), env=made.env)
    publishing.publish(made.folder / "site", made.env, "--without-years")
    stopped_cluster.stop()
    return made


@pytest.fixture
def holmby(published: Town) -> Iterator[tuple[Town, "subprocess.Popen[bytes]"]]:
    published.cluster.start()
    with server.process("config.wsgi:application", published.env, published.port) as process:
        yield published, process


def is_whole(url: str, body: bytes) -> bool:
    path = url.partition("?")[0]
    if path.endswith(".json"):
        return bool(json.loads(body)["containers"])
    begin, end = (
        (b"BEGIN:VCALENDAR", b"END:VCALENDAR\r\n") if path.endswith(".ics") else (b"<!", b"</html>\n")
    )
    return body.startswith(begin) and body.endswith(end)


def client(port: int, seed: int, requests: int, told: Told, killed: threading.Event) -> None:
    chance = random.Random(seed)
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    for _ in range(requests):
        url = chance.choice(chance.choice([PLAIN, ASKED]))
        late, began = killed.is_set(), time.perf_counter()
        try:
            connection.request("GET", url)
            response = connection.getresponse()
            body = response.read()
            if response.status != 200 or not is_whole(url, body):
                told.failures.append(f"{url}: {response.status} {body[:60]!r}")
        except (HTTPException, OSError, ValueError) as error:
            told.failures.append(f"{url}: {error!r}")
            connection.close()
        if late:
            told.after.append(time.perf_counter() - began)
        told.asked += 1
    connection.close()


def asked_while_killing(pattern: str, holmby: tuple[Town, "subprocess.Popen[bytes]"], requests: int) -> Told:
    made, application = holmby
    told, killed = Told(), threading.Event()
    with proxy.running(pattern, made.files, made.port, often=True) as port:
        clients = [
            threading.Thread(target=client, args=(port, seed, requests // CLIENTS, told, killed))
            for seed in range(CLIENTS)
        ]
        for thread in clients:
            thread.start()
        while told.asked < requests // 4:
            time.sleep(0.01)
        os.kill(made.postmaster(), signal.SIGKILL)
        while told.asked < requests // 2:
            time.sleep(0.01)
        os.killpg(application.pid, signal.SIGKILL)
        killed.set()
        for thread in clients:
            thread.join()
    return told


@pytest.mark.parametrize("pattern", ["static-first", "application-first"])
def test_nobody_notices_the_kill(pattern: str, holmby: tuple[Town, "subprocess.Popen[bytes]"]) -> None:
    told = asked_while_killing(pattern, holmby, 400)
    assert told.failures == []
    assert (told.asked, len(told.after) > 100) == (400, True)


@pytest.mark.nightly
@pytest.mark.parametrize("pattern", ["static-first", "application-first"])
def test_of_5000_requests_none_fails(
    pattern: str, holmby: tuple[Town, "subprocess.Popen[bytes]"], capsys: pytest.CaptureFixture[str]
) -> None:
    told = asked_while_killing(pattern, holmby, 6000)
    with capsys.disabled():
        print(
            f"\n{pattern}: {told.asked} requests, {len(told.failures)} failed, p99 {told.p99 * 1000:.1f} ms"
        )
    assert told.failures == []
