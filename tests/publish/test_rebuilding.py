"""Does the whole service come back from a copy of the site, and the chain of snapshots with it?"""

import gzip
from datetime import timedelta
from pathlib import Path

import pytest

from tests import town
from tests.publish import sites
from tests.publish.sites import KEY, NOW, TRUSTED
from wastecal import answers, data, models
from wastecal.importing import loading
from wastecal.publish import chain, rebuilding, signature, verifying
from wastecal.publish.manifest import SUMS
from wastecal.publish.signature import FIRST, Snapshot

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with the data of the town after two Edits, packed copies beside them, in its second release."""
    town.load(town.directory())
    town.load(town.directory(rules=town.RULES[1:]), town.NOON + timedelta(days=1))
    loading.dump(tmp_path / "dump")
    files = {f"data/{file.name}": file.read_bytes() for file in (tmp_path / "dump").iterdir()}
    files |= {f"{path}.gz": gzip.compress(held, mtime=0) for path, held in files.items()}
    sites.publish(tmp_path / "site", files)
    sites.publish(tmp_path / "site", {**files, "index.html": b"<p>26 november</p>\n"})
    return tmp_path / "site"


def jsons() -> list[bytes]:
    found = [answers.for_address(slug, town.TODAY) for slug in town.SLUGS]
    return [data.render(answer, "sv") for answer in found if answer]


def rebuild(site: Path) -> None:
    genuine = verifying.folder(site, TRUSTED, NOW)
    content, problems = rebuilding.read(site, lambda: None)
    assert content, problems
    rebuilding.rebuild(site, genuine, content)
    answers.forget()


def test_every_answer_and_edit_comes_back(site: Path, tmp_path: Path) -> None:
    before, numbers = jsons(), list(models.Edit.objects.values_list("number", "at", "summary"))
    town.empty()
    rebuild(site)
    assert jsons() == before
    assert list(models.Edit.objects.values_list("number", "at", "summary")) == numbers
    loading.dump(tmp_path / "again")
    assert sites.files_of(tmp_path / "again") == sites.files_of(tmp_path / "dump")


def test_the_chain_goes_on_from_the_copy(site: Path, tmp_path: Path) -> None:
    town.empty()
    rebuild(site)
    found = chain.following(tmp_path / "elsewhere", NOW)
    assert (found.serial, found.previous) == (3, signature.sha256(site / "current" / SUMS))


def test_what_is_not_empty_is_not_touched(site: Path) -> None:
    before = jsons()
    with pytest.raises(rebuilding.NotEmpty, match="The database is not empty"):
        rebuild(site)
    answers.forget()
    assert jsons() == before
    assert not models.Snapshot.objects.exists()


def test_a_rebuild_that_was_killed_is_run_again(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    town.empty()
    with monkeypatch.context() as patch:
        patch.setattr(loading, "apply", killed)
        with pytest.raises(KeyboardInterrupt):
            rebuild(site)
    rebuild(site)
    assert models.Edit.objects.count() == 2
    assert chain.following(site, NOW).serial == 3


def killed(*_: object) -> None:
    raise KeyboardInterrupt


def test_the_first_snapshot_of_all_follows_nothing(tmp_path: Path) -> None:
    assert chain.following(tmp_path, NOW) == Snapshot.at(NOW, 1, FIRST)


def test_a_new_folder_begins_no_second_chain(site: Path, tmp_path: Path) -> None:
    chain.remember(Snapshot.at(NOW, 2, FIRST), site / "current")
    assert chain.following(tmp_path / "new", NOW).serial == 3


def test_a_database_from_yesterday_begins_no_second_chain(site: Path) -> None:
    chain.remember(Snapshot.at(NOW, 1, FIRST), site / "releases/1")
    found = chain.following(site, NOW)
    assert (found.serial, found.previous) == (3, signature.sha256(site / "releases/2" / SUMS))


def test_a_damaged_release_is_gone_on_from_by_the_database(site: Path) -> None:
    chain.remember(Snapshot.at(NOW, 2, FIRST), site / "current")
    (site / "current" / signature.NAME).write_bytes(b"")
    assert chain.following(site, NOW).serial == 3


def test_a_renewed_snapshot_is_the_same_link(site: Path) -> None:
    chain.remember(Snapshot.at(NOW, 2, FIRST), site / "current")
    renewed = signature.resign(site / "current", KEY, NOW + timedelta(days=2))
    chain.remember(renewed, site / "current")
    assert [(row.serial, row.published) for row in models.Snapshot.objects.all()] == [
        (2, NOW + timedelta(days=2))
    ]
