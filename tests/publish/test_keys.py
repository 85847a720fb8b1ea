"""Are our keys minisign's keys, and are secrets kept? The oracle is Debian's minisign."""

import subprocess
from pathlib import Path

import pytest

from tests.publish.sites import KEY
from wastecal.publish import keys
from wastecal.publish.keys import PUBLIC_NAME, SECRET_NAME, SecretKey, Unusable


def minisign(*words: str | Path) -> subprocess.CompletedProcess[str]:
    command = ["minisign", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)


def test_minisign_signs_and_verifies_with_our_keys(tmp_path: Path) -> None:
    keys.make(tmp_path)
    file = tmp_path / "file"
    file.write_text("26 november\n")
    assert minisign("-Sm", file, "-s", tmp_path / SECRET_NAME, "-W").returncode == 0
    assert minisign("-Vm", file, "-p", tmp_path / PUBLIC_NAME).returncode == 0
    file.write_text("27 november\n")
    assert minisign("-Vm", file, "-p", tmp_path / PUBLIC_NAME).returncode == 1


def test_minisigns_own_keys_are_read(tmp_path: Path) -> None:
    secret, public = tmp_path / "a.key", tmp_path / "a.pub"
    assert minisign("-G", "-W", "-s", secret, "-p", public).returncode == 0
    secret.chmod(0o600)
    assert keys.read_secret(secret).public == keys.read_public(public)
    assert keys.read_public(public).name in public.read_text()


@pytest.mark.parametrize("number", [b"wastecal", bytes([0x25, 1, 0, 0, 0, 0, 0, 0]), bytes(8)])
def test_minisign_writes_the_same_public_file(tmp_path: Path, number: bytes) -> None:
    key, secret = SecretKey(number, KEY.seed), tmp_path / "a.key"
    secret.write_text(key.text())
    assert minisign("-R", "-s", secret, "-p", tmp_path / "a.pub").returncode == 0
    assert (tmp_path / "a.pub").read_text() == key.public.text()


def test_the_secret_is_for_its_owner_only(tmp_path: Path) -> None:
    key = keys.make(tmp_path)
    assert (tmp_path / SECRET_NAME).stat().st_mode & 0o777 == 0o600
    assert keys.read_secret(tmp_path / SECRET_NAME) == key
    assert key.seed.hex() not in repr(key)
    assert repr(key.seed) not in repr(key)


def test_no_key_is_ever_written_over(tmp_path: Path) -> None:
    keys.make(tmp_path)
    before = (tmp_path / SECRET_NAME).read_bytes()
    with pytest.raises(Unusable, match="never written over"):
        keys.make(tmp_path)
    assert (tmp_path / SECRET_NAME).read_bytes() == before


def test_a_lost_public_half_is_no_reason_to_make_a_second_key(tmp_path: Path) -> None:
    keys.make(tmp_path)
    (tmp_path / PUBLIC_NAME).unlink()
    with pytest.raises(Unusable, match="never written over"):
        keys.make(tmp_path)
    assert not (tmp_path / PUBLIC_NAME).exists()


def test_a_public_half_alone_gets_no_foreign_secret(tmp_path: Path) -> None:
    (tmp_path / PUBLIC_NAME).write_text(KEY.public.text())
    with pytest.raises(Unusable, match="never written over"):
        keys.make(tmp_path)
    assert not (tmp_path / SECRET_NAME).exists()


def test_a_secret_that_everyone_may_read_is_not_used(tmp_path: Path) -> None:
    keys.make(tmp_path)
    (tmp_path / SECRET_NAME).chmod(0o644)
    with pytest.raises(Unusable, match="chmod 600"):
        keys.read_secret(tmp_path / SECRET_NAME)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("RWQAAEIy", "RWRTY0Iy", "protected by a password"),
        ("RWQAAEIy", "RWQAAEIz", "no secret key of minisign"),
        ("RWQAAEIy", "RWQAAEI?", "no key of minisign"),
        ("wastecal", "", "minisign"),
    ],
)
def test_what_is_no_usable_secret_is_said(tmp_path: Path, old: str, new: str, said: str) -> None:
    file = tmp_path / SECRET_NAME
    file.touch(0o600)
    file.write_text(KEY.text().replace(old, new) if new else KEY.public.text())
    with pytest.raises(Unusable, match=said):
        keys.read_secret(file)


def test_a_damaged_secret_is_noticed(tmp_path: Path) -> None:
    file = tmp_path / SECRET_NAME
    file.touch(0o600)
    line = KEY.text().splitlines()[1]
    file.write_text(line[:90] + ("A" if line[90] != "A" else "B") + line[91:])
    with pytest.raises(Unusable, match="do not belong together"):
        keys.read_secret(file)


def test_a_public_key_is_its_printed_line_too() -> None:
    assert keys.parse_public(KEY.public.line) == KEY.public
    assert keys.parse_public(KEY.public.text()) == KEY.public
    assert len(KEY.public.line) == 56


@pytest.mark.parametrize("text", ["", "\n", "å", "RWQ", KEY.public.line[:-4], "untrusted comment: x"])
def test_what_is_no_public_key_is_said(text: str) -> None:
    with pytest.raises(Unusable, match="of minisign"):
        keys.parse_public(text)
