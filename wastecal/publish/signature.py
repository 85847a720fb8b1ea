"""Is this manifest the publisher's own, and of which snapshot? Signatures in minisign's format.

Four lines: an untrusted comment; base64 of "ED", the key's number and the signature of the manifest's
BLAKE2b hash; the trusted comment; base64 of the signature of the two above. Only one text is taken
for a given signature, so that not one byte of the file can change unseen.
"""

import base64
import hashlib
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

from wastecal.publish import manifest
from wastecal.publish.keys import COMMENT, PUBLIC_NAME, PublicKey, SecretKey, Unusable
from wastecal.publish.manifest import SUMS
from wastecal.publish.refusal import Fault, Refused

NAME = f"{SUMS}.minisig"
VALID_FOR = timedelta(days=7)
FIRST = "0" * 64
"""What stands for `previous` in the first snapshot of all."""

_UNTRUSTED = f"{COMMENT}verify with: minisign -Vm {SUMS} -p {PUBLIC_NAME}"
_TRUSTED = "trusted comment: "
_PREHASHED = b"ED"
_FORM = re.compile(
    r"serial:([1-9][0-9]{0,11}) published:(\S{20}) valid-until:(\S{20}) previous:([0-9a-f]{64})"
)
_TIME = "%Y-%m-%dT%H:%M:%SZ"
_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One published state: its place in the chain, and from when until when it is to be believed.

    `previous` is the SHA-256 of the SHA256SUMS of the snapshot before.
    """

    serial: int
    published: datetime
    valid_until: datetime
    previous: str = FIRST

    @classmethod
    def at(cls, now: datetime, serial: int, previous: str, valid_for: timedelta = VALID_FOR) -> Self:
        published = now.astimezone(UTC).replace(microsecond=0)
        return cls(serial, published, published + valid_for, previous)

    def comment(self) -> str:
        published, valid_until = self.published.strftime(_TIME), self.valid_until.strftime(_TIME)
        return (
            f"serial:{self.serial} published:{published} valid-until:{valid_until} previous:{self.previous}"
        )


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature file, read: what it says, by which key, and the two signatures."""

    snapshot: Snapshot
    number: bytes
    of_manifest: bytes
    of_comment: bytes

    def text(self) -> str:
        first = base64.b64encode(_PREHASHED + self.number + self.of_manifest).decode()
        last = base64.b64encode(self.of_comment).decode()
        return f"{_UNTRUSTED}\n{first}\n{_TRUSTED}{self.snapshot.comment()}\n{last}\n"

    def is_of(self, file: Path, key: PublicKey) -> bool:
        return key.has_signed(_blake2(file), self.of_manifest)


def sign(
    release: Path, sums: Mapping[str, str], snapshot: Snapshot, key: SecretKey, before: Path | None = None
) -> None:
    """Finish a release whose files are all there: SIZES, SHA256SUMS, its signature and the key.

    `sums` gives the SHA-256 of each file by its path in the release, in hex; no file is read again, and
    none is asked for that is in the release `before`.
    """
    manifest.write(release, sums, before)
    replace(release / PUBLIC_NAME, key.public.text().encode())
    _write(release, snapshot, key)


def is_made_with(release: Path, key: SecretKey) -> bool:
    """Whether a release was signed with this key: only then may it be renewed with it."""
    return (release / PUBLIC_NAME).read_bytes() == key.public.text().encode()


def resign(release: Path, key: SecretKey, now: datetime, valid_for: timedelta = VALID_FOR) -> Snapshot:
    """Renew the signature of a release in which nothing has changed; alters no other file.

    A new key makes a new release: the key's file and the signature could not change in one moment.
    """
    if not is_made_with(release, key):
        raise Unusable(f"{release} is signed with another key; publish it anew instead of renewing it.")
    found = read(release).snapshot
    # A clock that was set back must not make the renewed one older than what mirrors have seen.
    renewed = Snapshot.at(max(now, found.published), found.serial, found.previous, valid_for)
    _write(release, renewed, key)
    return renewed


def read(release: Path) -> Signature:
    """The signature of a release as it says of itself, not yet checked. Raises Refused."""
    try:
        with (release / NAME).open("rb") as file:
            return parse(file.read(_LONGEST + 1))
    except FileNotFoundError as error:
        raise Refused(Fault.UNSIGNED, f"{release} has no {NAME}.") from error


def parse(data: bytes) -> Signature:
    """Take a signature file apart. Raises Refused for all but the canonical form."""
    try:
        _untrusted, first, trusted, last, _end = data.decode("ascii").split("\n")
        head = base64.b64decode(first, validate=True)
        found = Signature(_snapshot(trusted), head[2:10], head[10:], base64.b64decode(last, validate=True))
    except ValueError as error:  # of decode, the unpacking, b64decode, strptime
        raise _out_of_form(data) from error
    if found.text().encode() != data or len(found.of_manifest) != 64 or len(found.of_comment) != 64:
        raise _out_of_form(data)
    return found


def check(signature: Signature, trusted: Iterable[PublicKey]) -> PublicKey:
    """The one of the trusted keys that made the signature's statement. Raises Refused."""
    by_number = {key.number: key for key in trusted}
    key = by_number.get(signature.number)
    if key is None:
        names = " or ".join(sorted(key.name for key in by_number.values()))
        number = PublicKey(signature.number, b"").name
        raise Refused(Fault.FORGED, f"it is signed with the key {number}, not with {names}.")
    said = signature.of_manifest + signature.snapshot.comment().encode()
    if not key.has_signed(said, signature.of_comment):
        raise Refused(Fault.FORGED, f"{NAME} was not made with the key {key.name}.")
    return key


def moment(at: datetime) -> str:
    """A time in a sentence."""
    return f"{at:%Y-%m-%d %H:%M} UTC"


def sha256(file: Path | str) -> str:
    with open(file, "rb", buffering=0) as source:  # pathlib alone would take half of the time
        return hashlib.file_digest(source, "sha256").hexdigest()


def _snapshot(trusted: str) -> Snapshot:
    found = _FORM.fullmatch(trusted.removeprefix(_TRUSTED))
    if not found:
        raise ValueError(trusted)
    published, valid_until = (
        datetime.strptime(text, _TIME).replace(tzinfo=UTC) for text in found.group(2, 3)
    )
    return Snapshot(int(found[1]), published, valid_until, found[4])


def _out_of_form(data: bytes) -> Refused:
    if data.count(b"\n") < 4:
        return Refused(Fault.TRUNCATED, f"{NAME} is cut short.")
    return Refused(Fault.ALTERED, f"{NAME} is not in the form in which we sign.")


def _write(release: Path, snapshot: Snapshot, key: SecretKey) -> None:
    of_manifest = key.sign(_blake2(release / SUMS))
    of_comment = key.sign(of_manifest + snapshot.comment().encode())
    replace(release / NAME, Signature(snapshot, key.number, of_manifest, of_comment).text().encode())


def _blake2(file: Path) -> bytes:
    with file.open("rb") as source:
        return hashlib.file_digest(source, "blake2b").digest()


def replace(path: Path, data: bytes) -> None:
    """Put a file in place of another at once: a reader sees the one or the other, whole.

    What a kill leaves behind lies beside the release, never in it.
    """
    fresh = path.parent.with_name(f".{path.parent.name}.{path.name}.new")
    fresh.write_bytes(data)
    os.replace(fresh, path)
