"""Does a town of 17,000 addresses with a history come back from its published site alone, and how soon?"""

import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from bench import publishing, town
from tests import server
from tests.publish import sites

ADDRESS = "Alvägen 1, Norrby"
LIMIT = 300
"""Seconds for verifying, loading and publishing again."""


@pytest.mark.nightly
def test_a_town_of_17_000_addresses_comes_back_byte_for_byte(tmp_path: Path) -> None:
    content, first, second = town.directory(), database(tmp_path / "first"), database(tmp_path / "second")
    publishing.load(tmp_path / "first", content, first)
    publishing.load(tmp_path / "first", publishing.closed(content, 0), first)
    publishing.publish(tmp_path / "site", first, "--without-years")
    began = time.monotonic()
    manage("rebuild", str(tmp_path / "site"), "--key", sites.KEY.public.line, env=second)
    publishing.publish(tmp_path / "again", second, "--without-years")
    taken = time.monotonic() - began
    assert sums(tmp_path / "again") == sums(tmp_path / "site")
    for day in (date(2026, 11, 22), date(2026, 11, 23), date(2027, 3, 1)):
        asked = ("pickups", ADDRESS, "--as-of", day.isoformat(), "--format", "json")
        assert said(*asked, env=second) == said(*asked, env=first)
    print(f"rebuilt and published again in {taken:.0f} s")
    assert taken < LIMIT


def database(folder: Path) -> dict[str, str]:
    folder.mkdir()
    env = {**server.environment(folder), "DJANGO_SETTINGS_MODULE": "config.settings"}
    manage("migrate", "--verbosity", "0", env=env)
    return env


def sums(root: Path) -> bytes:
    return (root / "current/SHA256SUMS").read_bytes()


def manage(*words: str, env: dict[str, str]) -> None:
    server.manage(*words, env=env)


def said(*words: str, env: dict[str, str]) -> tuple[int, str]:
    command = [sys.executable, "manage.py", *words]
    done = subprocess.run(command, cwd=server.ROOT, env=env, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout
