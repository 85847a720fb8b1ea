"""How is a file sealed so that only the key's holder reads it, and no byte changes unseen?

The format is age's first version (age-encryption.org/v1) with X25519 recipients, so that the public
tool opens our files and we open its. The header wraps a fresh file key for each recipient and ends
in a MAC; the payload is ChaCha20-Poly1305 in chunks of 64 KiB, each with its number and whether it
is the last.
"""

import base64
import binascii
import hmac
import io
import re
import secrets
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import IO, TYPE_CHECKING, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from wastecal.keeping.keys import Identity, Recipient
from wastecal.keeping.refusal import Altered, Unusable

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

CHUNK = 65536
_TAG = 16
_VERSION = b"age-encryption.org/v1\n"
_X25519 = "X25519"
_WRAP_INFO = b"age-encryption.org/v1/X25519"
_KEY_BYTES, _POINT_BYTES, _WRAPPED_BYTES = 16, 32, 32
_LONGEST_HEADER = 65536
_STANZA = re.compile(rb"-> ([!-~]+(?: [!-~]+)*)\n((?:[A-Za-z0-9+/]{64}\n)*)([A-Za-z0-9+/]{0,63}\n)")


Stanza = tuple[list[str], bytes]
"""What the header says for one recipient: arguments and body."""


class Sink(Protocol):
    def write(self, data: bytes, /) -> object: ...


class Sealing:
    """A file to write to; what is written goes on sealed. Without `finish` it stays unreadable."""

    def __init__(self, sink: Sink, recipients: Sequence[Recipient]) -> None:
        file_key, nonce = secrets.token_bytes(_KEY_BYTES), secrets.token_bytes(_KEY_BYTES)
        sink.write(_header(file_key, recipients) + nonce)
        self._sink = sink
        self._cipher = ChaCha20Poly1305(_derived(file_key, nonce, b"payload"))
        self._waiting = bytearray()
        self._count = 0

    def write(self, data: bytes) -> int:
        self._waiting += data
        while len(self._waiting) > CHUNK:  # one chunk always waits: the last is marked as such
            self._seal(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]
        return len(data)

    def finish(self) -> None:
        self._seal(bytes(self._waiting), last=True)
        self._waiting.clear()

    def flush(self) -> None:
        """Nothing: a chunk goes out when it is full."""

    def _seal(self, chunk: bytes, *, last: bool) -> None:
        self._sink.write(self._cipher.encrypt(_nonce(self._count, last=last), chunk, None))
        self._count += 1


class Opened(io.RawIOBase):
    """The file in an envelope, to be read to its end: only then is it known to be whole."""

    def __init__(self, source: IO[bytes], identities: Sequence[Identity], name: str) -> None:
        header, stanzas, mac = _read_header(source, name)
        file_key = _unwrapped(stanzas, identities, name)
        if not hmac.compare_digest(mac, _mac(file_key, header)):
            raise Altered(f"{name} has been altered: its header is not the one that was written.")
        nonce = source.read(_KEY_BYTES)
        self._name = name
        self._chunks = self._opened(source, ChaCha20Poly1305(_derived(file_key, nonce, b"payload")))
        self._waiting = b""

    def readable(self) -> bool:
        return True

    def readinto(self, into: "WriteableBuffer", /) -> int:
        if not self._waiting:
            self._waiting = next(self._chunks, b"")
        space = memoryview(into).cast("B")
        size = min(len(space), len(self._waiting))
        space[:size], self._waiting = self._waiting[:size], self._waiting[size:]
        return size

    def _opened(self, source: IO[bytes], cipher: ChaCha20Poly1305) -> Iterator[bytes]:
        sealed = source.read(CHUNK + _TAG)
        count = 0
        while sealed or not count:
            following = source.read(CHUNK + _TAG)
            try:
                chunk = cipher.decrypt(_nonce(count, last=not following), sealed, None)
            except InvalidTag as error:
                raise self._altered(count) from error
            if count and not chunk:
                raise self._altered(count)  # age writes no empty chunk after others
            yield chunk
            sealed, count = following, count + 1

    def _altered(self, count: int) -> Altered:
        return Altered(f"{self._name} has been altered or cut short (in its part {count + 1} of 64 KiB).")


def _header(file_key: bytes, recipients: Iterable[Recipient]) -> bytes:
    header = _VERSION + b"".join(_stanza(file_key, recipient) for recipient in recipients) + b"---"
    return header + b" " + _base64(_mac(file_key, header)) + b"\n"


def _stanza(file_key: bytes, recipient: Recipient) -> bytes:
    ours = X25519PrivateKey.generate()
    share = ours.public_key().public_bytes_raw()
    wrap = _wrap_key(ours.exchange(recipient.key), share, recipient)
    body = ChaCha20Poly1305(wrap).encrypt(bytes(12), file_key, None)
    return b"-> X25519 %s\n%s\n" % (_base64(share), _base64(body))


def _read_header(source: IO[bytes], name: str) -> tuple[bytes, list[Stanza], bytes]:
    """The header up to its MAC, its stanzas as (arguments, body), and the MAC."""
    if source.readline(len(_VERSION)) != _VERSION:
        raise Unusable(f"{name} is no backup of wastecal: it does not begin as an age file.")
    header = bytearray(_VERSION)
    while not (line := source.readline(_LONGEST_HEADER)).startswith(b"--- "):
        header += line
        if not line.endswith(b"\n") or len(header) > _LONGEST_HEADER:
            raise _bad_header(name)
    stanzas = list(_stanzas(bytes(header[len(_VERSION) :]), name))
    if not line.endswith(b"\n"):
        raise _bad_header(name)
    return bytes(header) + b"---", stanzas, _bytes(line[4:-1].decode("latin-1"), name)


def _stanzas(text: bytes, name: str) -> Iterator[Stanza]:
    while text:
        found = _STANZA.match(text)
        if not found:
            raise _bad_header(name)
        body = (found[2] + found[3]).replace(b"\n", b"").decode()
        yield found[1].decode().split(" "), _bytes(body, name)
        text = text[found.end() :]


def _unwrapped(stanzas: Iterable[Stanza], identities: Sequence[Identity], name: str) -> bytes:
    """The file key, by the first of the identities that one of the stanzas is meant for."""
    for arguments, body in stanzas:
        if arguments[0] != _X25519:
            continue
        if len(arguments) != 2 or len(body) != _WRAPPED_BYTES:
            raise _bad_header(name)
        share = _bytes(arguments[1], name)
        if len(share) != _POINT_BYTES:
            raise _bad_header(name)
        for identity in identities:
            if file_key := _unwrap(identity, share, body):
                return file_key
    raise Unusable(f"This key does not open {name}: it is another's, or the file's header has been altered.")


def _unwrap(identity: Identity, share: bytes, body: bytes) -> bytes | None:
    try:
        shared = identity.key.exchange(X25519PublicKey.from_public_bytes(share))
        return ChaCha20Poly1305(_wrap_key(shared, share, identity.recipient)).decrypt(bytes(12), body, None)
    except (InvalidTag, ValueError):  # ValueError: a point of low order, which gives all zeros
        return None


def _wrap_key(shared: bytes, share: bytes, recipient: Recipient) -> bytes:
    return _derived(shared, share + recipient.point, _WRAP_INFO)


def _derived(secret: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt, info).derive(secret)


def _mac(file_key: bytes, header: bytes) -> bytes:
    return hmac.digest(_derived(file_key, b"", b"header"), header, sha256)


def _nonce(count: int, *, last: bool) -> bytes:
    return count.to_bytes(11, "big") + bytes([last])


def _base64(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")


def _bytes(text: str, name: str) -> bytes:
    """Canonical base64 without padding; anything else could be changed unseen."""
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError) as error:
        raise _bad_header(name) from error
    if _base64(data).decode() != text:
        raise _bad_header(name)
    return data


def _bad_header(name: str) -> Altered:
    return Altered(f"{name} has been altered: its header cannot be read.")
