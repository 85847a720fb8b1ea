"""Is each way in which a copy can be false refused, and by its own name?"""

import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.publish import sites
from tests.publish.sites import KEY, NOW, OTHER_KEY, PAGE, TRUSTED, WEEK
from wastecal.publish import releases, signature, verifying
from wastecal.publish.manifest import SIZES, SUMS
from wastecal.publish.refusal import Refused
from wastecal.publish.signature import FIRST, Snapshot

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Three releases; the third is read."""
    for serial in (1, 2, 3):
        sites.publish(tmp_path / "site", sites.changed(serial))
    return tmp_path / "site"


def test_a_true_copy_is_genuine(site: Path) -> None:
    found = verifying.folder(site, TRUSTED, NOW)
    assert (found.snapshot.serial, found.key, found.files) == (3, KEY.public, 8)
    assert found.snapshot.previous == signature.sha256(site / "releases/2" / SUMS)
    assert str(found) == (
        "Genuine: serial 3 of 2026-11-23 11:00 UTC, valid until 2026-11-30 11:00 UTC, 8 files, "
        f"signed with the key {KEY.public.name}."
    )


def test_each_release_is_genuine_by_itself(site: Path) -> None:
    found = [verifying.folder(path, TRUSTED, NOW).snapshot.serial for path in releases.all_of(site)]
    assert found == [1, 2, 3]


def test_a_copy_made_without_links_is_genuine(site: Path, tmp_path: Path) -> None:
    shutil.copytree(site / "current", tmp_path / "usb" / "current")
    assert verifying.folder(tmp_path / "usb", TRUSTED, NOW).snapshot.serial == 3
    shutil.copytree(site, tmp_path / "all")
    assert verifying.folder(tmp_path / "all", TRUSTED, NOW).snapshot.serial == 3


def rewrite(path: str, data: bytes) -> Callable[[Path], None]:
    def damage(site: Path) -> None:
        file = site / "current" / path
        file.unlink()  # other releases hold the same file
        file.write_bytes(data)

    return damage


def cut(path: str) -> Callable[[Path], None]:
    return lambda site: rewrite(path, (site / "current" / path).read_bytes()[:-1])(site)


def add(path: str) -> Callable[[Path], None]:
    def damage(site: Path) -> None:
        (site / "current" / path).parent.mkdir(parents=True, exist_ok=True)
        (site / "current" / path).write_bytes(b"<p>Pay here</p>\n")

    return damage


def remove(path: str) -> Callable[[Path], None]:
    return lambda site: (site / "current" / path).unlink()


def take_from_release_2(path: str) -> Callable[[Path], None]:
    return lambda site: rewrite(path, (site / "releases/2" / path).read_bytes())(site)


def link_away(site: Path) -> None:
    (site / "elsewhere").write_bytes((site / "current" / PAGE).read_bytes())
    (site / "current" / PAGE).unlink()
    (site / "current" / PAGE).symlink_to(site / "elsewhere")


def turn_back(site: Path) -> None:
    (site / "current").unlink()
    (site / "current").symlink_to("releases/2")


def fill_the_newest_folder_with_an_old_release(site: Path) -> None:
    shutil.rmtree(site / "releases/3")
    shutil.copytree(site / "releases/2", site / "releases/3")


def sign_with_another_key(site: Path) -> None:
    sites.sign_anew(site / "current", Snapshot.at(NOW, 3, FIRST), OTHER_KEY)


def add_a_page_and_list_it(site: Path) -> None:
    """What can be done without a key: everything is in order but the signature."""
    old = (site / "current" / signature.NAME).read_bytes()
    add("betala/index.html")(site)
    sites.sign_anew(site / "current", Snapshot.at(NOW, 3, FIRST), OTHER_KEY)
    rewrite(signature.NAME, old)(site)
    rewrite("wastecal.pub", KEY.public.text().encode())(site)


DAMAGES = [
    (sign_with_another_key, "forged: it is signed with the key"),
    (rewrite("wastecal.pub", OTHER_KEY.public.text().encode()), "altered: wastecal.pub is not the file"),
    (add_a_page_and_list_it, "altered: SHA256SUMS is not what was signed"),
    (rewrite(PAGE, b"x" * len(sites.FILES[PAGE])), f"altered: {PAGE} is not the file that was signed"),
    (rewrite(PAGE, b"x" * 5000), f"altered: {PAGE} is not"),
    (rewrite(SUMS, b"0" * 64 + b"  index.html\n"), "altered: SHA256SUMS is not what was signed"),
    (rewrite(SUMS, b""), "truncated: SHA256SUMS is cut short"),
    (rewrite(signature.NAME, b"untrusted comment: \n\n\n\n"), "altered: SHA256SUMS.minisig is not in"),
    (link_away, f"altered: {PAGE} is no ordinary file"),
    (cut(PAGE), f"truncated: {PAGE} has 1279 of 1280 bytes"),
    (cut(SUMS), "truncated: SHA256SUMS is cut short"),
    (cut(SIZES), "altered: SIZES is not the file that was signed"),
    (cut(signature.NAME), "truncated: SHA256SUMS.minisig is cut short"),
    (remove(PAGE), f"truncated: {PAGE} is missing"),
    (remove("zon/ÅÄÖ 1/index.html"), "truncated: zon/ÅÄÖ 1/index.html is missing"),
    (remove(SUMS), "unsigned: .* has no SHA256SUMS"),
    (remove(signature.NAME), "unsigned: .* has no SHA256SUMS.minisig"),
    (remove("wastecal.pub"), "unsigned: .* has no wastecal.pub"),
    (add("betala/index.html"), "added: betala/index.html is no part of the site"),
    (add(".hidden"), "added: .hidden is no part"),
    (add("a\udcff\x1b[2J"), r"added: a\?\?\[2J is no part"),
    (take_from_release_2("index.html"), "mixed: index.html is of another release"),
    (take_from_release_2(SUMS), "mixed: SHA256SUMS and SHA256SUMS.minisig are of two"),
    (take_from_release_2(signature.NAME), "mixed: SHA256SUMS and SHA256SUMS.minisig are of two"),
    (turn_back, "rolled back: serial 2 is read, and 3 has been published"),
    (fill_the_newest_folder_with_an_old_release, "rolled back: serial 2 is read, and 3 has been"),
]  # fmt: skip


@pytest.mark.parametrize(("damage", "said"), DAMAGES, ids=[said[:60] for _, said in DAMAGES])
def test_what_is_false_is_refused_by_its_name(site: Path, damage: Callable[[Path], None], said: str) -> None:
    damage(site)
    with pytest.raises(Refused, match=f"^{said}"):
        verifying.folder(site, TRUSTED, NOW)


def test_an_old_page_is_known_by_the_manifest_before_though_its_folder_is_gone(site: Path) -> None:
    rewrite(SUMS, (site / "releases/2" / SUMS).read_bytes())(site)
    shutil.rmtree(site / "releases/1")
    shutil.rmtree(site / "releases/2")
    with pytest.raises(Refused, match=r"^mixed"):
        verifying.folder(site, TRUSTED, NOW)


def test_a_week_later_it_is_expired(site: Path) -> None:
    assert verifying.folder(site, TRUSTED, NOW + WEEK - timedelta(seconds=1))
    with pytest.raises(Refused, match=r"^expired: serial 3 was valid until 2026-11-30 11:00"):
        verifying.folder(site, TRUSTED, NOW + WEEK)
    assert verifying.folder(site, TRUSTED, NOW + WEEK, expired=True).snapshot.serial == 3


def test_to_take_what_is_expired_is_to_take_nothing_else(site: Path) -> None:
    rewrite(PAGE, b"")(site)
    with pytest.raises(Refused, match=r"^truncated"):
        verifying.folder(site, TRUSTED, NOW + WEEK, expired=True)


def test_what_comes_from_the_future_is_premature(site: Path) -> None:
    with pytest.raises(Refused, match=r"^premature: .* is the clock of this machine right"):
        verifying.folder(site, TRUSTED, NOW - timedelta(days=1))


def test_a_swap_that_was_killed_is_no_rollback(site: Path) -> None:
    staged = releases.staging(site)
    sites.release(staged, sites.changed(4), Snapshot.at(NOW, 4, FIRST))
    (site / ".current.new").symlink_to("releases/4")
    staged.rename(site / "releases/4")
    assert verifying.folder(site, TRUSTED, NOW).snapshot.serial == 3
    with releases.locked(site):
        assert [path.name for path in releases.all_of(site)] == ["1", "2", "3"]


def run(*words: str) -> subprocess.CompletedProcess[str]:
    """The module by itself: without settings, a database or Django."""
    without_django = "import sys; sys.modules['django'] = None; import runpy; "
    module = "runpy.run_module('wastecal.publish.verifying', run_name='__main__', alter_sys=True)"
    command = [sys.executable, "-c", without_django + module, *words]
    return subprocess.run(command, cwd=ROOT, env={}, capture_output=True, text=True, check=False)


def test_the_module_verifies_without_django(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    folder = sites.release(tmp_path / "site", snapshot=Snapshot.at(now, 7, FIRST))
    done = run(str(folder), "--key", KEY.public.line)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Genuine: serial 7")


def test_the_module_says_what_a_key_from_the_site_itself_is_worth(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    folder = sites.release(tmp_path / "site", snapshot=Snapshot.at(now, 7, FIRST))
    done = run(str(folder))
    assert done.returncode == 0
    assert "not whose it is" in done.stderr


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["{site}", "--key", OTHER_KEY.public.line], 1, "Refused as forged: "),
        (["{site}", "--key", KEY.public.line], 1, "Refused as expired: "),
        (["{site}/data", "--key", KEY.public.line], 1, "Refused as unsigned: "),
        (["/no/such/folder"], 2, "There is no folder /no/such/folder"),
        (["{site}", "--key", "nonsense"], 2, "holds no"),
        (["http://127.0.0.1:1/"], 1, "Refused as unreachable: http://127.0.0.1:1/ does not answer"),
        (["https://user:pass@host/"], 2, "is no address of a site"),
        (["http://host:port/"], 2, "is no address of a site"),
    ],
)
def test_the_module_ends_with_one_sentence(tmp_path: Path, words: list[str], code: int, said: str) -> None:
    folder = sites.release(tmp_path / "site", snapshot=Snapshot.at(NOW - 52 * WEEK, 1, FIRST))
    done = run(*[word.format(site=folder) for word in words])
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
