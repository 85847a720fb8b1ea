"""Does the site stand when there is no room for the next one? On a small disk that is really full."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests import town
from tests.publish import sites
from tests.publish.sites import KEY, NOW, TRUSTED
from tests.terminal import Terminal
from wastecal.management import console
from wastecal.publish import own_key, verifying
from wastecal.publish.publishing import Publisher
from wastecal.web.years import sheet

pytestmark = pytest.mark.django_db

SITE = "https://holmby.example"
SIZE, FILES = 24 << 20, 2000


@pytest.fixture(autouse=True)
def _town(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: town.NOON)
    monkeypatch.setattr(console, "now", lambda: NOW)
    monkeypatch.setattr(console, "today", lambda: town.TODAY + timedelta(days=1))
    monkeypatch.setattr(own_key, "secret", lambda: KEY)
    monkeypatch.setattr(sheet, "offered", lambda today: range(2026, 2027))
    town.load(town.hamlet())


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a few megabytes and files. Only root can have one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    options = f"size={SIZE},nr_inodes={FILES},mode=755"
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], capture_output=True, check=False
    )
    if not mounted or mounted.returncode:
        pytest.skip("no disk can be filled: mounting a small tmpfs needs root (and CAP_SYS_ADMIN)")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.fixture
def site(disk: Path) -> Path:
    """Three releases, as on any later day; the oldest of them becomes the next one."""
    for days in (2, 1, 0):
        Publisher(disk / "site", SITE, KEY).publish(town.TODAY - timedelta(days=days), NOW)
    return disk / "site"


def leave_room(disk: Path, room: int) -> None:
    """Fill the disk but for so many bytes."""
    free = os.statvfs(disk)
    with (disk / "ballast").open("wb") as ballast:
        ballast.truncate(0)
        os.posix_fallocate(ballast.fileno(), 0, free.f_bavail * free.f_frsize - room)


def leave_names(disk: Path, count: int) -> None:
    """Take away all names for files but so many; tmpfs counts links, too."""
    (disk / "names").mkdir()
    for number in range(os.statvfs(disk).f_favail - count):
        (disk / "names" / str(number)).touch()


def refuses(run: Terminal, site: Path) -> None:
    before = sites.files_of(site / "current")
    done = run("publish", str(site), "--base-url", SITE)
    assert (done.code, done.out) == (1, "")
    assert done.said.count("\n") == 1
    assert done.said.startswith(
        f"CommandError: There is no room for the next release in {site}, and the site"
    )
    assert done.said.endswith("publish again.\n")
    assert sites.files_of(site / "current") == before
    assert verifying.folder(site, TRUSTED, NOW).snapshot.serial == 3


def heals(run: Terminal, site: Path) -> None:
    done = run("publish", str(site), "--base-url", SITE)
    assert done.code == 0, done.said
    assert verifying.folder(site, TRUSTED, NOW).snapshot.serial > 3


def test_a_full_disk_leaves_the_site_as_it_was(
    site: Path, disk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = Terminal(capsys)
    for room in (0, 16 << 10, 64 << 10, 200 << 10):
        leave_room(disk, room)
        refuses(run, site)
        (disk / "ballast").unlink()
    heals(run, site)


def test_a_disk_without_names_for_files_leaves_the_site_as_it_was(
    site: Path, disk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = Terminal(capsys)
    for count in (0, 1, 20):
        leave_names(disk, count)
        refuses(run, site)
        shutil.rmtree(disk / "names")
    heals(run, site)


def test_not_even_the_first_release_has_room(disk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    leave_room(disk, 0)
    done = Terminal(capsys)("publish", str(disk / "site"), "--base-url", SITE)
    assert (done.code, done.out) == (1, "")
    assert "There is no room for the next release" in done.said
    assert not (disk / "site/current").exists()


def test_where_nothing_is_new_a_full_disk_leaves_the_signature(
    site: Path, disk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(console, "today", lambda: town.TODAY)
    leave_room(disk, 0)
    refuses(Terminal(capsys), site)
