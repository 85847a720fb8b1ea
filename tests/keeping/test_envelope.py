"""Is what we seal opened by age and the other way round, and does no byte change unseen?"""

import base64
import random
import subprocess
import tracemalloc
from io import BufferedReader, BytesIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from wastecal.keeping import envelope, keys
from wastecal.keeping.envelope import CHUNK, Opened, Sealing
from wastecal.keeping.refusal import Altered, Unusable

IDENTITY = keys.Identity(bytes(range(32)))
OTHER = keys.Identity(b"B" * 32)
TAG = 16
SIZES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 77]


def sealed(data: bytes, *identities: keys.Identity) -> bytes:
    out = BytesIO()
    sealing = Sealing(out, [identity.recipient for identity in identities or (IDENTITY,)])
    for start in range(0, len(data), 10_000):
        sealing.write(data[start : start + 10_000])
    sealing.finish()
    return out.getvalue()


def opened(envelope: bytes, *identities: keys.Identity) -> bytes:
    return BufferedReader(Opened(BytesIO(envelope), identities or (IDENTITY,), "a.age")).read()


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    keys.write(tmp_path / "key", IDENTITY)
    return tmp_path / "key"


def age(*arguments: str | Path, data: bytes) -> bytes:
    return subprocess.run(["age", *arguments], input=data, capture_output=True, check=True).stdout


@pytest.mark.parametrize("size", SIZES)
def test_age_opens_what_we_seal_and_we_what_age_seals(size: int, key_file: Path) -> None:
    data = random.Random(size).randbytes(size)
    assert age("-d", "-i", key_file, data=sealed(data)) == data
    assert opened(age("-r", str(IDENTITY.recipient), data=data)) == data


def test_each_of_several_holders_opens_it_and_nobody_else(key_file: Path) -> None:
    both = sealed(b"two keys", OTHER, IDENTITY)
    assert opened(both, IDENTITY) == opened(both, OTHER) == b"two keys"
    assert age("-d", "-i", key_file, data=both) == b"two keys"
    with pytest.raises(Unusable, match=r"does not open a\.age"):
        opened(both, keys.Identity(b"C" * 32))


def test_stanzas_of_other_kinds_are_passed_over(key_file: Path) -> None:
    """As age seals for SSH keys beside ours; its body fills whole lines, so an empty one ends it."""
    file_key, nonce, out = bytes(16), bytes(16), BytesIO()
    ssh = b"-> ssh-rsa mhir0Q\n" + (b"A" * 64 + b"\n") * 2 + b"\n"
    head = b"age-encryption.org/v1\n" + ssh + envelope._stanza(file_key, IDENTITY.recipient) + b"---"
    out.write(head + b" " + envelope._base64(envelope._mac(file_key, head)) + b"\n" + nonce)
    cipher = ChaCha20Poly1305(envelope._derived(file_key, nonce, b"payload"))
    out.write(cipher.encrypt(envelope._nonce(0, last=True), b"x", None))
    assert opened(out.getvalue()) == age("-d", "-i", key_file, data=out.getvalue()) == b"x"


def test_no_byte_of_the_header_changes_unseen() -> None:
    whole = sealed(b"x" * 100, OTHER, IDENTITY)
    for place in range(len(whole)):
        for bit in (1, 32, 128):
            changed = whole[:place] + bytes([whole[place] ^ bit]) + whole[place + 1 :]
            with pytest.raises(Unusable):
                opened(changed)


def test_base64_is_read_in_one_way_only() -> None:
    """43 letters hold 258 bits for 256: the last two are not to be written as one likes."""
    whole = sealed(b"x")
    mac = whole.index(b"--- ") + 46
    letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    twin = letters[letters.index(whole[mac]) ^ 1]
    changed = whole[:mac] + bytes([twin]) + whole[mac + 1 :]
    assert base64.b64decode(changed[mac - 42 : mac + 1] + b"=") == base64.b64decode(
        whole[mac - 42 : mac + 1] + b"="
    )
    with pytest.raises(Altered):
        opened(changed)


@pytest.mark.parametrize("cut", [1, TAG, TAG + 77, TAG + 78, CHUNK, 2 * (CHUNK + TAG) + 77 + TAG])
def test_a_cut_is_noticed_also_where_two_parts_meet(cut: int) -> None:
    whole = sealed(bytes(3 * CHUNK + 77))
    with pytest.raises(Altered, match="cut short"):
        opened(whole[:-cut])


def test_parts_in_another_order_are_noticed() -> None:
    whole = sealed(bytes(range(256)) * 3 * (CHUNK // 256))
    body = len(whole) - 3 * (CHUNK + TAG)
    first, second = whole[body : body + CHUNK + TAG], whole[body + CHUNK + TAG : body + 2 * (CHUNK + TAG)]
    with pytest.raises(Altered):
        opened(whole[:body] + second + first + whole[body + 2 * (CHUNK + TAG) :])


def test_what_is_appended_is_noticed() -> None:
    with pytest.raises(Altered):
        opened(sealed(bytes(CHUNK)) + b"more")


def test_without_its_end_a_seal_is_not_readable() -> None:
    out = BytesIO()
    Sealing(out, [IDENTITY.recipient]).write(bytes(2 * CHUNK))
    with pytest.raises(Altered):
        opened(out.getvalue())


def test_a_point_that_gives_everyone_the_same_secret_is_refused() -> None:
    """RFC 7748: with an ephemeral share of zeros the shared secret is zero, whoever holds which key."""
    wrap = envelope._wrap_key(bytes(32), bytes(32), IDENTITY.recipient)
    body = ChaCha20Poly1305(wrap).encrypt(bytes(12), bytes(16), None)
    line = b"-> X25519 %s\n%s\n" % (envelope._base64(bytes(32)), envelope._base64(body))
    with pytest.raises(Unusable, match="does not open"):
        opened(b"age-encryption.org/v1\n" + line + b"--- " + b"A" * 43 + b"\n")


@pytest.mark.parametrize(
    "text", [b"", b"hello", b"age-encryption.org/v1\n", b"age-encryption.org/v1\n" + b"x" * 99999]
)
def test_what_is_no_envelope_is_refused_in_a_sentence(text: bytes) -> None:
    with pytest.raises(Unusable, match=r"a\.age"):
        opened(text)


def test_a_large_file_takes_no_more_memory_than_a_small_one(tmp_path: Path) -> None:
    size = 48 * 1024 * 1024
    path = tmp_path / "large"
    tracemalloc.start()
    with path.open("wb") as out:
        sealing = Sealing(out, [IDENTITY.recipient])
        for _ in range(size // CHUNK):
            sealing.write(bytes(CHUNK))
        sealing.finish()
    with path.open("rb") as source:
        reader = BufferedReader(Opened(source, [IDENTITY], "large"))
        found = sum(len(block) for block in iter(lambda: reader.read(CHUNK), b""))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == size
    assert peak < 2_000_000
