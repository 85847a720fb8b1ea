"""Does `publish` make a site that strangers' tools find genuine, and the same one after a rebuild?"""

import re
import shutil
import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests import town
from tests.publish import sites
from tests.publish.editions import edition, files
from tests.publish.sites import KEY, NOW, OTHER_KEY, TRUSTED
from tests.terminal import Terminal
from wastecal import answers
from wastecal.core.errors import NoAnswer
from wastecal.management import console
from wastecal.publish import own_key, rebuilding, verifying
from wastecal.publish.publishing import Published, Publisher
from wastecal.publish.refusal import Refused
from wastecal.publish.watching import Watch
from wastecal.web.years import sheet

pytestmark = pytest.mark.django_db

SITE = "https://holmby.example"
NEW = (("Storgatan", "3"), ("Storgatan", "4"), ("S:t Olofs väg", "1"), ("Väg <1>", "1"))
LATER = town.hamlet(
    addresses=[*town.hamlet().tables["addresses"], *(town.address(*name, "H1") for name in NEW)],
    notices=[*town.NOTICES, town.notice("Gatan grävs <upp> & lagas; snart, kanske.", scope="zone:H1")],
)
"""The town after an Edit: three houses more that are alike, and one whose name is not filled in."""


@pytest.fixture(autouse=True)
def _town(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: town.NOON)
    monkeypatch.setattr(own_key, "secret", lambda: KEY)
    monkeypatch.setattr(console, "now", lambda: NOW)
    monkeypatch.setattr(console, "today", lambda: town.TODAY)
    monkeypatch.setattr(sheet, "offered", lambda today: range(2026, 2027))  # one printed year is enough
    town.load(town.hamlet())


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
    town.load(LATER)
    again = publish(tmp_path / "old")
    publish(tmp_path / "new")
    assert again.snapshot.serial == 2
    assert signed(tmp_path / "old") == signed(tmp_path / "new")


def test_rebuilt_from_a_copy_it_is_the_same_byte_for_byte(tmp_path: Path) -> None:
    town.load(town.directory(municipality=[town.municipality(languages=("sv",))]), remove=True)
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


def test_published_anew_a_file_that_was_altered_on_the_disk_is_right_again(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    publish(tmp_path)
    before = signed(tmp_path)
    (tmp_path / "current/index.html").write_bytes(b"altered")
    publish(tmp_path)
    with pytest.raises(Refused, match=r"^(altered|truncated): index\.html"):
        verifying.folder(tmp_path, TRUSTED, NOW)
    done = Terminal(capsys)("publish", str(tmp_path), "--base-url", SITE, "--anew")
    assert done.out.startswith("Published snapshot 2:")
    assert verifying.folder(tmp_path, TRUSTED, NOW).snapshot.serial == 2
    assert signed(tmp_path) == before


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
    town.load(LATER)
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


def test_at_another_address_of_the_web_every_event_keeps_its_name(tmp_path: Path) -> None:
    publish(tmp_path / "here")
    Publisher(tmp_path / "there", "https://elsewhere.example", KEY).publish(town.TODAY, NOW)
    here, there = signed(tmp_path / "here"), signed(tmp_path / "there")
    feeds = [path for path in here if path.endswith(".ics")]
    assert len(feeds) > 4
    for path in feeds:
        assert here[path] != there[path]
        assert identities(here[path]) == identities(there[path])


def identities(feed: bytes) -> list[bytes]:
    return re.findall(rb"(?m)^(?:UID|SEQUENCE|DTSTART|DTSTAMP).*$", feed.replace(b"\r\n ", b""))
