"""Who can open a backup? X25519 keys as age writes them: `age1…` seals, `AGE-SECRET-KEY-1…` opens."""

import os
import secrets
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from wastecal.keeping import bech32
from wastecal.keeping.refusal import Unusable

_PUBLIC, _SECRET = "age", "age-secret-key-"
_BYTES = 32
_LONGEST = 65536


@dataclass(frozen=True, slots=True)
class Recipient:
    """For whom a backup is sealed; it can be known by anyone and opens nothing."""

    point: bytes

    def __str__(self) -> str:
        return bech32.encode(_PUBLIC, self.point)

    @property
    def key(self) -> X25519PublicKey:
        return X25519PublicKey.from_public_bytes(self.point)


@dataclass(frozen=True, slots=True)
class Identity:
    """What opens backups: it does not belong on the machine that makes them."""

    secret: bytes = field(repr=False)

    @property
    def key(self) -> X25519PrivateKey:
        return X25519PrivateKey.from_private_bytes(self.secret)

    @property
    def recipient(self) -> Recipient:
        return Recipient(self.key.public_key().public_bytes_raw())

    def text(self) -> str:
        """A key file as `age-keygen` writes it."""
        written = bech32.encode(_SECRET, self.secret).upper()
        return f"# public key: {self.recipient}\n{written}\n"


def make() -> Identity:
    return Identity(secrets.token_bytes(_BYTES))


def write(path: Path, identity: Identity) -> None:
    """A new key file, for its owner's eyes only. None is ever written over: that would lose backups."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise Unusable(f"{path} is there already, and a key is never written over.") from error
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(identity.text())


def recipients(texts: Iterable[str]) -> tuple[Recipient, ...]:
    return tuple(Recipient(_decoded(text, _PUBLIC, "a public key, age1…")) for text in texts)


def identities(path: Path) -> tuple[Identity, ...]:
    """The keys in a file of `age-keygen`; `-` reads standard input, so that none need touch a disk."""
    if str(path) == "-":
        lines = sys.stdin.read(_LONGEST).splitlines()
    else:
        with path.open(encoding="utf-8", errors="replace") as file:
            lines = file.read(_LONGEST).splitlines()
    texts = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    if not texts:
        raise Unusable(f"{path} holds no key; it should have a line that begins with AGE-SECRET-KEY-1.")
    return tuple(
        Identity(_decoded(text, _SECRET, f"{path}: a secret key, AGE-SECRET-KEY-1…")) for text in texts
    )


def _decoded(text: str, prefix: str, wanted: str) -> bytes:
    """The bytes of a key. What was read is never repeated in a message: it may be the secret one."""
    try:
        found, data = bech32.decode(text)
    except ValueError as error:
        raise Unusable(f"{wanted} was expected, and cannot be read: {error}.") from error
    if found != prefix or len(data) != _BYTES:
        raise Unusable(f"{wanted} was expected, and this is something else.")
    return data
