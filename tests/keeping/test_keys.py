"""Are keys written and read as age does, and is a slip of the pen noticed?"""

import subprocess
from pathlib import Path

import pytest

from wastecal.keeping import bech32, keys
from wastecal.keeping.refusal import Unusable

# The specification's own pair (age-encryption.org/v1): the secret is 32 times the letter B.
SECRET = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"
PUBLIC = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"


def test_the_pair_of_the_specification_is_ours_too(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(f"# from the specification\n\n{SECRET}\n")
    (identity,) = keys.identities(tmp_path / "key")
    assert identity == keys.Identity(b"B" * 32)
    assert str(identity.recipient) == PUBLIC
    assert SECRET in identity.text()


def test_every_letter_that_is_mistyped_is_noticed() -> None:
    for place, letter in enumerate(PUBLIC):
        typed = PUBLIC[:place] + ("q" if letter != "q" else "p") + PUBLIC[place + 1 :]
        with pytest.raises(Unusable):
            keys.recipients([typed])


# From BIP 173's list of strings that are no Bech32, but for those that are too long for an address only.
@pytest.mark.parametrize("text", ["pzry9x0s0muk", "1pzry9x0s0muk", "x1b4n0q5v", "li1dgmt3", "A1G7SGD8",
    "10a06t8", "1qzzfhee", "A12uEL5L", "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxx"])  # fmt: skip
def test_what_is_no_bech32_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        bech32.decode(text)


def test_an_empty_bech32_is_read_in_either_case() -> None:
    assert bech32.decode("A12UEL5L") == bech32.decode("a12uel5l") == ("a", b"")


def test_a_secret_key_is_no_public_one_and_never_repeated() -> None:
    with pytest.raises(Unusable) as refused:
        keys.recipients([SECRET])
    assert "GFPYYSJ" not in str(refused.value)


def test_a_key_is_for_its_owner_alone_and_never_written_over(tmp_path: Path) -> None:
    file = tmp_path / "backup.key"
    keys.write(file, keys.make())
    assert file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(Unusable, match="never written over"):
        keys.write(file, keys.make())


def test_age_keygen_and_we_read_the_same_key(tmp_path: Path) -> None:
    subprocess.run(["age-keygen", "-o", tmp_path / "theirs"], check=True, capture_output=True)
    identity = keys.make()
    keys.write(tmp_path / "ours", identity)
    for file in ("ours", "theirs"):
        said = subprocess.run(
            ["age-keygen", "-y", tmp_path / file], check=True, capture_output=True, text=True
        )
        assert [str(found.recipient) for found in keys.identities(tmp_path / file)] == said.stdout.split()


def test_a_file_without_a_key_says_what_it_should_have(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("# public key: age1…\n")
    with pytest.raises(Unusable, match="AGE-SECRET-KEY-1"):
        keys.identities(tmp_path / "key")
