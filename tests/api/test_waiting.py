"""Does a program that waits learn of an Edit within two seconds, and does nobody wait because of it?"""

import json
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests import server, town
from wastecal.api.views.edits import WAITING

PATIENCE = 60


@dataclass(frozen=True, slots=True)
class Told:
    """What a client got, how long it took, and at which moment it was there."""

    status: int
    headers: Message
    found: dict[str, Any]
    took: float
    at: float


class Site:
    """The application under its real server, and the means to change its town."""

    def __init__(self, url: str, database: Path) -> None:
        self.url = url
        self.database = database

    def edit(self) -> float:
        """One more Edit, by another than the server; the moment when it was there to be read."""
        with closing(sqlite3.connect(self.database, timeout=PATIENCE)) as connection:
            (number,) = connection.execute("SELECT max(number) FROM wastecal_edit").fetchone()
            at = town.NOON.replace(tzinfo=None).isoformat(" ")
            row = (number + 1, at, "Test", "")
            connection.execute(
                "INSERT INTO wastecal_edit (number, at, summary, author) VALUES (?, ?, ?, ?)", row
            )
            connection.commit()
        return time.monotonic()

    def ask(self, query: str, **headers: str) -> Told:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        began = time.monotonic()
        try:
            with urlopen(Request(f"{self.url}/api/v1/{query}", headers=named), timeout=PATIENCE) as response:
                status, told, text = response.status, response.headers, response.read()
        except HTTPError as error:  # a 304 is one too
            status, told, text = error.code, error.headers, error.read()
        at = time.monotonic()
        return Told(status, told, json.loads(text or b"{}"), at - began, at)

    def newest(self) -> int:
        return int(self.ask("edits?limit=1").found["newest"])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("waiting")
    env = server.environment(folder)
    server.manage("migrate", "--verbosity", "0", env=env)
    server.manage("load", str(town.write(folder / "holmby", town.directory())), env=env)
    with server.running("config.wsgi:application", env) as url:
        yield Site(url, folder / "wastecal.sqlite3")


def test_a_client_that_waits_learns_of_an_edit_within_two_seconds(site: Site) -> None:
    known = site.newest()
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(site.ask, f"edits?after={known}&wait=30")
        time.sleep(1)
        assert not waiting.done()
        made = site.edit()
        told = waiting.result(PATIENCE)
    assert (told.status, told.headers["Preference-Applied"]) == (200, "wait=30")
    assert [row["number"] for row in told.found["results"]] == [known + 1]
    assert told.at - made < 2


def test_a_client_that_sends_its_validator_waits_until_it_holds_no_longer(site: Site) -> None:
    tag = site.ask("edits?limit=1&wait=30").headers["ETag"]
    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(site.ask, "edits?limit=1&wait=30", if_none_match=tag)
        time.sleep(1)
        assert not waiting.done()
        made = site.edit()
        told = waiting.result(PATIENCE)
    assert (told.status, told.headers["ETag"] == tag) == (200, False)
    assert told.at - made < 2


def test_where_nothing_changes_the_answer_comes_when_the_time_is_over(site: Site) -> None:
    asked = f"edits?after={site.newest()}&wait=2"
    told = site.ask(asked)
    assert (told.status, told.found["results"]) == (200, [])
    assert 2 <= told.took < 4
    again = site.ask(asked, if_none_match=told.headers["ETag"])
    assert again.status == 304
    assert again.took >= 2


def test_what_is_new_already_is_told_at_once(site: Site) -> None:
    site.edit()
    told = site.ask(f"edits?after={site.newest() - 1}&wait=30")
    assert told.took < 2
    assert len(told.found["results"]) == 1
    assert "Preference-Applied" not in told.headers


def test_many_that_wait_are_sent_home_and_pages_go_on_being_answered(site: Site) -> None:
    known = site.newest()
    with ThreadPoolExecutor(max_workers=20) as pool:
        waiting = [pool.submit(site.ask, f"edits?after={known}&wait=6&x={number}") for number in range(20)]
        time.sleep(1.5)
        pages = [site.ask("zones").took for _ in range(20)]
        told = [future.result(PATIENCE) for future in waiting]
    home = [one for one in told if one.headers["Preference-Applied"] == "wait=0"]
    assert len(home) == 20 - WAITING
    assert {one.headers["Retry-After"] for one in home} == {"5"}
    assert max(pages) < 2
