"""Can one byte of a published site change unseen?"""

import random
from pathlib import Path

import pytest

from tests.publish import sites
from tests.publish.sites import NOW, TRUSTED
from wastecal.publish import verifying
from wastecal.publish.refusal import Refused


def unseen_changes(folder: Path, count: int, seed: int) -> list[tuple[Path, int]]:
    """Those of `count` random changes of one byte, anywhere in the site, that are not found."""
    chance = random.Random(seed)
    sites.release(folder)
    places = [
        (file, at)
        for file in sorted(folder.rglob("*"))
        if file.is_file()
        for at in range(file.stat().st_size)
    ]
    tried = chance.choices(places, k=count)
    return [place for place in tried if not _is_found(folder, *place, chance.randrange(1, 256))]


def _is_found(folder: Path, file: Path, at: int, flip: int) -> bool:
    before = file.read_bytes()
    file.write_bytes(before[:at] + bytes([before[at] ^ flip]) + before[at + 1 :])
    try:
        verifying.folder(folder, TRUSTED, NOW)
    except Refused:
        return True
    finally:
        file.write_bytes(before)
    return False


def test_a_hundred_single_bytes_are_found(tmp_path: Path) -> None:
    assert unseen_changes(tmp_path, 100, seed=1) == []


@pytest.mark.nightly
def test_a_thousand_single_bytes_are_found(tmp_path: Path) -> None:
    assert unseen_changes(tmp_path, 1000, seed=2) == []


@pytest.mark.parametrize("name", ["SHA256SUMS.minisig", "wastecal.pub", "SIZES"])
def test_every_byte_of_what_seals_a_site_counts(tmp_path: Path, name: str) -> None:
    file = sites.release(tmp_path) / name
    unseen = [at for at in range(file.stat().st_size) if not _is_found(tmp_path, file, at, 1)]
    assert unseen == []


def test_a_site_that_is_let_alone_is_genuine(tmp_path: Path) -> None:
    sites.release(tmp_path)
    assert verifying.folder(tmp_path, TRUSTED, NOW)
