"""Is what a mirror shows always whole, wherever in its work it is killed?"""

import random
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.publish import sites
from tests.publish.servers import Server, serving
from tests.publish.sites import KEY, TRUSTED
from wastecal.publish import releases, verifying

ROOT = Path(__file__).resolve().parents[2]
MIRROR = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from wastecal.publish import keys, mirroring
from wastecal.publish.remote import Site
with Site(sys.argv[1]) as site:
    print("ready", flush=True)
    mirroring.mirror(site, Path(sys.argv[2]), [keys.parse_public(sys.argv[3])], datetime.now(UTC))
"""


def start(server: Server, root: Path) -> "subprocess.Popen[str]":
    """A mirror in a process of its own, at the moment when it is about to begin."""
    command = [sys.executable, "-c", MIRROR, server.url, str(root), KEY.public.line]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    return process


def kill_at_random(origin: Path, root: Path, times: int, seed: int) -> list[int | None]:
    """Kills a mirror somewhere in each of `times` releases; the serials that were shown after each."""
    chance, seen, longest = random.Random(seed), list[int | None](), 1.0
    with serving(origin / "current") as server:
        for serial in range(1, times + 1):
            sites.publish(origin, pages(serial), datetime.now(UTC))
            with start(server, root) as process:
                begun = time.monotonic()
                try:
                    process.wait(chance.uniform(0, longest))
                    longest = min(longest, time.monotonic() - begun)  # so that most kills come in time
                except subprocess.TimeoutExpired:
                    process.kill()
            seen.append(serial_read(root))
    return seen


def pages(serial: int) -> sites.Files:
    """Many files, of which half are new each time."""
    same = {f"same/{number}.html": b"%d" % number for number in range(150)}
    new = {f"new/{number}.html": b"%d %d" % (serial, number) for number in range(150)}
    return {**same, **new}


def serial_read(root: Path) -> int | None:
    """The serial of what the mirror shows, all of it verified; None where it shows nothing yet."""
    if not (root / "current").exists():
        return None
    return verifying.folder(root, TRUSTED, datetime.now(UTC)).snapshot.serial


def finish(origin: Path, root: Path) -> int | None:
    """What a mirror that is let alone makes of what the killed ones left."""
    with serving(origin / "current") as server, start(server, root) as process:
        assert process.wait() == 0
    return serial_read(root)


def test_a_mirror_killed_anywhere_is_whole(tmp_path: Path) -> None:
    origin, root = tmp_path / "origin", tmp_path / "mirror"
    kill_at_random(origin, root, 5, seed=1)
    assert finish(origin, root) == 5
    assert sites.files_of(root / "current") == sites.files_of(origin / "current")


@pytest.mark.nightly
def test_a_mirror_killed_200_times_is_whole_each_time(tmp_path: Path) -> None:
    origin, root = tmp_path / "origin", tmp_path / "mirror"
    seen = kill_at_random(origin, root, 200, seed=2)
    shown = [serial for serial in seen if serial is not None]
    assert shown == sorted(shown)  # nothing is ever turned back
    assert len(set(shown)) < 190  # most were killed before they were done
    assert finish(origin, root) == 200
    assert len(releases.all_of(root)) <= 4
