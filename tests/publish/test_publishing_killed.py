"""Is the published site always whole, wherever in its work the publisher is killed?"""

import fcntl
import os
import random
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests import server, town
from tests.publish import sites
from tests.publish.sites import TRUSTED
from wastecal.publish import releases, verifying

pytestmark = pytest.mark.django_db  # else no tables are made where these tests run alone


class Publisher:
    """Publishes a hamlet, in as many processes as the machine has processors, and can be killed."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        assert process.stdin
        assert process.stdout
        self.asks, self.says = process.stdin, process.stdout  # unbuffered, so that they can be waited for

    def begin(self, root: Path, today: date) -> int:
        """The process that now publishes for a day."""
        self.asks.write(f"{root} {today}\n".encode())
        return int(self.says.readline())

    def ended(self, patience: float | None = None) -> int | None:
        """How it ended; None where it has not, after so many seconds."""
        ready, _, _ = select.select([self.says], [], [], patience)
        return int(self.says.readline()) if ready else None

    def finish(self, root: Path, today: date) -> None:
        self.begin(root, today)
        assert self.ended() == 0


@pytest.fixture(scope="module")
def publisher(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Iterator[Publisher]:
    """One with a database that knows a small town; the program is started and the town loaded once."""
    folder = tmp_path_factory.mktemp("hamlet")
    env = {**server.environment(folder), "DJANGO_SETTINGS_MODULE": "config.settings"}
    shutil.copy(migrated_file, folder / "wastecal.sqlite3")
    server.manage("load", str(town.write(folder / "town", town.hamlet())), env=env)
    command = [sys.executable, "-m", "tests.publish.publisher"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=server.ROOT, env=env, stdin=pipe, stdout=pipe, bufsize=0) as process:
        yield Publisher(process)


def kill_at_random(publisher: Publisher, root: Path, times: int, seed: int) -> list[int | None]:
    """Kills the publisher of each of so many days somewhere; the serials that were read after each."""
    chance, seen, longest = random.Random(seed), list[int | None](), 5.0
    for number in range(times):
        process = publisher.begin(root, town.TODAY + timedelta(days=number))
        begun = time.monotonic()
        if publisher.ended(chance.uniform(0, longest)) is not None:
            longest = max(1.5 * (time.monotonic() - begun), 0.1)  # most kills come in time, and some late
        else:
            with suppress(ProcessLookupError):  # it has ended meanwhile
                os.kill(process, signal.SIGKILL)
            publisher.ended()
            longest = min(1.05 * longest, 30)
        seen.append(serial_read(root))
        wait_for_workers(root)
    return seen


def serial_read(root: Path) -> int | None:
    """The serial of what is read, all of it verified; None where there is nothing to read yet."""
    if not (root / "current").exists():
        return None
    return verifying.folder(root, TRUSTED, datetime.now(UTC)).snapshot.serial


def wait_for_workers(root: Path) -> None:
    """The workers of a killed publisher end by themselves, and soon."""
    until = time.monotonic() + 30
    while (root / ".lock").exists():
        with (root / ".lock").open() as lock, suppress(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        assert time.monotonic() < until, "a worker outlived its publisher"
        time.sleep(0.02)


def heals(publisher: Publisher, root: Path, tmp_path: Path) -> None:
    """The next publisher makes of what the killed ones left what one makes of nothing."""
    today = date(2027, 11, 1)
    publisher.finish(root, today)
    publisher.finish(tmp_path / "fresh", today)
    assert serial_read(root)
    apart = dict.fromkeys(("SHA256SUMS.minisig",))
    found, wanted = (sites.files_of(folder / "current") for folder in (root, tmp_path / "fresh"))
    assert {**found, **apart} == {**wanted, **apart}
    assert len(releases.all_of(root)) <= 3
    assert {path.name for path in root.iterdir()} == {".lock", ".made.json", "current", "releases"}
    assert not releases.staging(root).exists()


def test_a_publisher_killed_anywhere_leaves_a_whole_site(publisher: Publisher, tmp_path: Path) -> None:
    root = tmp_path / "site"
    publisher.finish(root, town.TODAY - timedelta(days=1))
    assert None not in kill_at_random(publisher, root, 4, seed=1)
    heals(publisher, root, tmp_path)


@pytest.mark.nightly
def test_a_publisher_killed_200_times_leaves_a_whole_site_each_time(
    publisher: Publisher, tmp_path: Path
) -> None:
    root = tmp_path / "site"
    seen = kill_at_random(publisher, root, 200, seed=2)
    shown = [serial for serial in seen if serial is not None]
    assert shown == sorted(shown)  # nothing is ever turned back
    assert 10 < len(set(shown)) < 190  # some came through, most were killed before they were done
    heals(publisher, root, tmp_path)
