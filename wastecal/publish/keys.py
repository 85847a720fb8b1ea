"""Who signed, and who can sign? Ed25519 keys in the file formats of minisign.

A public key file is two lines: an untrusted comment, and base64 of "Ed", the key's number and the
point. A secret key file is the same with more in its second line, here without a password, as
`minisign -G -W` makes them: whoever reads the file can sign.
"""

import base64
import binascii
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from wastecal.core.errors import WastecalError

SECRET_NAME, PUBLIC_NAME = "wastecal.key", "wastecal.pub"
COMMENT = "untrusted comment: "
_ED25519, _NO_PASSWORD, _BLAKE2 = b"Ed", b"\0\0", b"B2"
_NO_SALT = bytes(32 + 8 + 8)
_SECRET_LENGTH = 158
_PUBLIC_LENGTH = 42
_LONGEST = 4096


class Unusable(WastecalError):
    """A key file that cannot be used, in one sentence that says why."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """What anyone needs to verify: `number` is random and tells keys apart, `point` is the key."""

    number: bytes
    point: bytes

    @property
    def name(self) -> str:
        """The number as minisign prints it: without zeros before it."""
        return f"{int.from_bytes(self.number, 'little'):X}"

    @property
    def line(self) -> str:
        """The key as one line of text, as it is printed on paper and given to `minisign -P`."""
        return base64.b64encode(_ED25519 + self.number + self.point).decode()

    def text(self) -> str:
        """The one canonical file of this key."""
        return f"{COMMENT}minisign public key {self.name}\n{self.line}\n"

    def has_signed(self, message: bytes, signature: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(self.point).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class SecretKey:
    """What only the publisher may have."""

    number: bytes
    seed: bytes = field(repr=False)

    @property
    def public(self) -> PublicKey:
        return PublicKey(self.number, self._key().public_key().public_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        return self._key().sign(message)

    def text(self) -> str:
        secret = self.seed + self.public.point
        parts = _ED25519, _NO_PASSWORD, _BLAKE2, _NO_SALT, self.number, secret, bytes(32)
        line = base64.b64encode(b"".join(parts)).decode()
        return (
            f"{COMMENT}minisign secret key {self.public.name}, without a password: keep it secret\n{line}\n"
        )

    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


def make(folder: Path) -> SecretKey:
    """Write a new pair of key files. No key file is ever written over: that would lose a key."""
    key = SecretKey(secrets.token_bytes(8), secrets.token_bytes(32))
    folder.mkdir(parents=True, exist_ok=True)
    if (folder / PUBLIC_NAME).exists():
        raise _there_already(folder / PUBLIC_NAME)
    _write_new(folder / SECRET_NAME, key.text(), 0o600)
    _write_new(folder / PUBLIC_NAME, key.public.text(), 0o644)
    return key


def read_secret(path: Path) -> SecretKey:
    if path.stat().st_mode & 0o007:
        raise Unusable(f"{path} may be read by everyone on this machine; run: chmod 600 {path}")
    data = _decoded(path.read_text(encoding="utf-8", errors="replace"), str(path))
    if data[2:4] == b"Sc":
        raise Unusable(f"{path} is protected by a password, which nobody types at night; make it with -W.")
    if len(data) != _SECRET_LENGTH or data[:6] != _ED25519 + _NO_PASSWORD + _BLAKE2:
        raise Unusable(f"{path} holds no secret key of minisign.")
    key = SecretKey(data[54:62], data[62:94])
    if key.public.point != data[94:126]:
        raise Unusable(f"{path} is damaged: its secret and its public half do not belong together.")
    return key


def read_public(path: Path) -> PublicKey:
    with path.open(encoding="utf-8", errors="replace") as file:
        return parse_public(file.read(_LONGEST), str(path))


def parse_public(text: str, where: str = "this text") -> PublicKey:
    """A public key as a file's text, or as its second line alone."""
    data = _decoded(text, where)
    if len(data) != _PUBLIC_LENGTH or data[:2] != _ED25519:
        raise Unusable(f"{where} holds no public key of minisign.")
    return PublicKey(data[2:10], data[10:])


def _decoded(text: str, where: str) -> bytes:
    """The bytes of the line after the untrusted comment; the comment may be left out."""
    lines = [line for line in text.splitlines() if line and not line.startswith(COMMENT)]
    try:
        return base64.b64decode(lines[0].encode(), validate=True)
    except (IndexError, UnicodeEncodeError, binascii.Error) as error:
        raise Unusable(f"{where} holds no key of minisign.") from error


def _write_new(path: Path, text: str, mode: int) -> None:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    except FileExistsError as error:
        raise _there_already(path) from error
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)


def _there_already(path: Path) -> Unusable:
    return Unusable(f"{path} is there already, and a key is never written over.")
