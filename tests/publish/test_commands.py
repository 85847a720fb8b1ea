"""Do make_key, verify, mirror and rebuild speak in sentences and end with the right number?"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests import town
from tests.publish import sites
from tests.publish.servers import Server, serving
from tests.publish.sites import KEY, NOW, OTHER_KEY
from tests.terminal import Terminal
from wastecal import models
from wastecal.importing import loading
from wastecal.management import console
from wastecal.publish import keys, own_key
from wastecal.publish.keys import Unusable

pytestmark = pytest.mark.django_db
TRUSTING = ("--key", KEY.public.line)


@pytest.fixture(autouse=True)
def _at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(console, "now", lambda: NOW)
    monkeypatch.setattr(settings, "SIGNING_KEY", None)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(capsys)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with the data of the town, which is not in the database any more."""
    town.load(town.directory())
    loading.dump(tmp_path / "dump")
    sites.publish(
        tmp_path / "site", {f"data/{path}": data for path, data in sites.files_of(tmp_path / "dump").items()}
    )
    town.empty()
    return tmp_path / "site"


@pytest.fixture
def server(site: Path) -> Iterator[Server]:
    with serving(site / "current") as running:
        yield running


def test_a_pair_of_keys_is_made(run: Terminal, tmp_path: Path) -> None:
    done = run("make_key", str(tmp_path / "keys"))
    assert (done.code, done.said) == (0, "")
    assert keys.read_public(tmp_path / "keys/wastecal.pub").line in done.out
    assert keys.read_secret(tmp_path / "keys/wastecal.key").seed.hex() not in done.out
    again = run("make_key", str(tmp_path / "keys"))
    assert (again.code, again.out) == (2, "")
    assert "is never written over" in again.said


def test_a_genuine_site_is_verified_here_and_from_afar(run: Terminal, site: Path, server: Server) -> None:
    for target in (str(site), str(site / "current"), server.url):
        done = run("verify", target, *TRUSTING)
        assert (done.code, done.said) == (0, "")
        assert done.out.startswith("Genuine: serial 1 of 2026-11-23 11:00 UTC")


def test_a_key_from_the_site_itself_proves_little(run: Terminal, site: Path) -> None:
    done = run("verify", str(site))
    assert done.code == 0
    assert "not whose it is" in done.said


def test_the_installation_trusts_its_own_key(run: Terminal, site: Path, tmp_path: Path) -> None:
    keys.make(tmp_path / "own")
    settings.SIGNING_KEY = tmp_path / "own/wastecal.key"
    assert run("verify", str(site)).said.startswith("CommandError: forged: it is signed with the key")


def test_a_false_site_is_refused(run: Terminal, site: Path) -> None:
    (site / "current/data/rules.csv").write_bytes(b"")
    for command in ("verify", "rebuild"):
        done = run(command, str(site), *TRUSTING)
        assert (done.code, done.out) == (1, "")
        assert done.said.startswith("CommandError: truncated: data/rules.csv has 0 of")
    assert not models.Edit.objects.exists()


def test_a_site_is_mirrored(run: Terminal, server: Server, tmp_path: Path) -> None:
    done = run("mirror", server.url, str(tmp_path / "mirror"), *TRUSTING)
    assert (done.code, done.said) == (0, "")
    assert done.out.startswith("Mirrored serial 1: 9 files new, 0 kept; valid until 2026-11-30 11:00 UTC.")
    assert "nothing new" in run("mirror", server.url, str(tmp_path / "mirror")).out
    assert "0 files new, 9 kept" in run("mirror", server.url, str(tmp_path / "mirror"), "--repair").out


def test_a_first_mirror_shows_whom_it_will_trust(run: Terminal, server: Server, tmp_path: Path) -> None:
    first = run("mirror", server.url, str(tmp_path / "mirror"))
    assert first.code == 0
    assert KEY.public.line in first.said
    assert run("mirror", server.url, str(tmp_path / "mirror")).said == ""


def test_a_mirror_keeps_to_its_key(run: Terminal, site: Path, server: Server, tmp_path: Path) -> None:
    run("mirror", server.url, str(tmp_path / "mirror"))
    sites.publish(site, sites.changed(2), key=OTHER_KEY)
    refused = run("mirror", server.url, str(tmp_path / "mirror"))
    assert (refused.code, refused.out) == (1, "")
    assert "forged: it is signed with the key" in refused.said


def test_the_service_is_rebuilt(run: Terminal, site: Path, tmp_path: Path) -> None:
    done = run("rebuild", str(site), *TRUSTING)
    assert (done.code, done.said) == (0, "")
    assert "Rebuilt. Publishing goes on with serial 2." in done.out
    loading.dump(tmp_path / "again")
    assert sites.files_of(tmp_path / "again") == sites.files_of(tmp_path / "dump")
    again = run("rebuild", str(site), *TRUSTING)
    assert (again.code, again.out) == (1, "")
    assert "The database is not empty" in again.said


def test_months_later_the_last_copy_is_still_enough(
    run: Terminal, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(console, "now", lambda: NOW + 12 * sites.WEEK)
    refused = run("rebuild", str(site), *TRUSTING)
    assert refused.code == 1
    assert "expired: serial 1 was valid until 2026-11-30" in refused.said
    assert "--expired" in refused.said
    assert run("rebuild", str(site), *TRUSTING, "--expired").code == 0


def test_a_site_whose_data_cannot_be_read_lists_why(run: Terminal, tmp_path: Path) -> None:
    sites.publish(tmp_path, sites.FILES)
    done = run("rebuild", str(tmp_path), *TRUSTING)
    assert (done.code, done.out) == (2, "")
    assert "municipality.toml: There is no such file." in done.said


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["verify"], 2, "required: DIR|URL"),
        (["verify", "/no/such"], 2, "There is no folder /no/such."),
        (["verify", "wastecal"], 1, "unsigned: wastecal has no"),
        (["verify", "wastecal", "--key", "RWQ"], 2, "holds no"),
        (["verify", "wastecal", "--key", "/no/such.pub"], 2, "holds no"),
        (["verify", "http://127.0.0.1:1/"], 1, "unreachable: http://127.0.0.1:1/ does not answer"),
        (["mirror", "ftp://x/", "/tmp/x"], 2, "ftp://x/ is no address of a site"),
        (["mirror", "https://x/?a=b", "/tmp/x"], 2, "is no address of a site"),
        (["mirror", "http://127.0.0.1:1/", "/dev/null/x", *TRUSTING], 2, "/dev/null/x"),
        (["rebuild", "/no/such"], 2, "There is no folder /no/such."),
        (["make_key", "/dev/null/x"], 2, "/dev/null/x"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    run: Terminal, words: list[str], code: int, said: str
) -> None:
    done = run(*words)
    assert (done.code, done.out) == (code, "")
    assert said in done.said
    assert "Traceback" not in done.said


def test_in_production_no_key_is_made_up() -> None:
    with pytest.raises(Unusable, match="Run 'make_key DIR'"):
        own_key.secret()


def test_in_development_a_key_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "VAR_DIR", tmp_path)
    monkeypatch.setattr(settings, "SIGNING_KEY", tmp_path / "wastecal.key")
    assert own_key.public() is None
    assert own_key.secret() == own_key.secret()
    assert own_key.public() == own_key.secret().public
