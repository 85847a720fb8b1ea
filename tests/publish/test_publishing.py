"""Does `publish` make a site that strangers' tools find genuine, and the same one after a rebuild?"""

import shutil
import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests import town
from tests.publish import odd, sites
from tests.publish.editions import edition, files
from tests.publish.sites import KEY, NOW, OTHER_KEY, TRUSTED
from tests.terminal import Terminal
from wastecal import answers
from wastecal.core.errors import NoAnswer
from wastecal.publish import own_key, publishing, rebuilding, verifying, workers
from wastecal.publish.publishing import Published, Publisher
from wastecal.publish.watching import Watch

pytestmark = pytest.mark.django_db

SITE = "https://holmby.example"


@pytest.fixture(autouse=True)
def _town(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: town.NOON)
    monkeypatch.setattr(own_key, "secret", lambda: KEY)
    town.load(town.directory())


def publish(root: Path, today: date = town.TODAY) -> Published:
    return Publisher(root, SITE, KEY).publish(today, NOW)


def signed(root: Path) -> dict[str, bytes]:
    """What SHA256SUMS names, and it."""
    apart = ("SHA256SUMS.minisig", "wastecal.pub")
    return {path: body for path, body in sites.files_of(root / "current").items() if path not in apart}


def test_what_is_published_is_genuine_and_all_of_it(tmp_path: Path) -> None:
    publish(tmp_path)
    assert verifying.folder(tmp_path, TRUSTED, NOW).snapshot.serial == 1
    there = signed(tmp_path)
    for path, body in files(edition(SITE)).items():
        assert there[path] == body


@pytest.mark.skipif(not shutil.which("minisign"), reason="needs minisign")
def test_public_tools_verify_it(tmp_path: Path) -> None:
    publish(tmp_path)
    for command in ("minisign -Vm SHA256SUMS -p wastecal.pub", "sha256sum -c --quiet --strict SHA256SUMS"):
        subprocess.run(command.split(), cwd=tmp_path / "current", check=True, capture_output=True)


def test_nothing_new_renews_the_signature_alone(tmp_path: Path) -> None:
    publish(tmp_path)
    before = signed(tmp_path)
    later = Publisher(tmp_path, SITE, KEY).publish(town.TODAY, NOW + timedelta(hours=5))
    assert (later.files, later.snapshot.serial) == (0, 1)
    assert later.snapshot.valid_until == NOW + timedelta(days=7, hours=5)
    assert signed(tmp_path) == before


def test_after_an_edit_it_is_what_a_first_publishing_would_be(tmp_path: Path) -> None:
    publish(tmp_path / "old")
    town.load(odd.directory())
    again = publish(tmp_path / "old")
    publish(tmp_path / "new")
    assert again.snapshot.serial == 2
    assert signed(tmp_path / "old") == signed(tmp_path / "new")


def test_rebuilt_from_a_copy_it_is_the_same_byte_for_byte(tmp_path: Path) -> None:
    publish(tmp_path / "site")
    genuine = verifying.folder(tmp_path / "site", TRUSTED, NOW)
    content, _problems = rebuilding.read(tmp_path / "site", lambda: None)
    assert content is not None
    town.empty()
    answers.forget()
    rebuilding.rebuild(tmp_path / "site", genuine, content)
    answers.forget()
    assert publish(tmp_path / "again").snapshot.serial == 2
    assert signed(tmp_path / "again") == signed(tmp_path / "site")


def test_another_key_makes_another_release(tmp_path: Path) -> None:
    publish(tmp_path)
    Publisher(tmp_path, SITE, OTHER_KEY).publish(town.TODAY, NOW)
    assert verifying.folder(tmp_path, [OTHER_KEY.public], NOW).snapshot.serial == 2


def test_a_full_disk_leaves_the_site_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(tmp_path)
    before = sites.files_of(tmp_path / "current")

    def full(*_: object) -> workers.Sums:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(workers, "write", full)
    with pytest.raises(publishing.DiskFull, match="The site stands as it was"):
        publish(tmp_path, date(2026, 11, 24))
    assert sites.files_of(tmp_path / "current") == before


def test_the_command_says_what_it_did(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    run = Terminal(capsys)
    done = run("publish", str(tmp_path), "--base-url", SITE)
    assert (done.code, done.out[:21]) == (0, "Published snapshot 1:")
    again = run("publish", str(tmp_path), "--base-url", SITE)
    assert again.out.startswith("Nothing has changed: renewed the signature of snapshot 1, valid until")
    assert f'"{SITE}/' in (tmp_path / "current/index.html").read_text()


def test_no_address_of_a_site_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for wrong in ("holmby.example", "https://holmby.example/sopor", "ftp://holmby.example"):
        done = Terminal(capsys)("publish", str(tmp_path), "--base-url", wrong)
        assert (done.code, done.out) == (2, "")
        assert wrong in done.said


def test_a_watch_publishes_at_an_edit_and_renews_each_day(tmp_path: Path) -> None:
    said, faults = list[Published](), list[str]()
    watch = Watch(Publisher(tmp_path, SITE, KEY), said.append, faults.append)
    watch.look(NOW)
    watch.look(NOW + timedelta(hours=1))
    town.load(odd.directory())
    watch.look(NOW + timedelta(hours=2))
    watch.look(NOW + timedelta(hours=26))
    assert [(each.snapshot.serial, each.files > 0) for each in said] == [(1, True), (2, True), (2, False)]
    assert faults == []


def test_a_watch_goes_on_after_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said, faults = list[Published](), list[str]()
    watch = Watch(Publisher(tmp_path, SITE, KEY), said.append, faults.append)
    with monkeypatch.context() as broken:
        broken.setattr(Publisher, "publish", _fails)
        watch.look(NOW)
        watch.look(NOW + timedelta(seconds=30))
    watch.look(NOW + timedelta(seconds=61))
    assert faults == ["the disk is gone"]
    assert len(said) == 1


def _fails(*_: object) -> Published:
    raise NoAnswer("the disk is gone")
