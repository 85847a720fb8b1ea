"""A small published site in a folder, of invented pages: what signing, verifying and mirroring need."""

import hashlib
import os
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from wastecal.publish import releases, signature
from wastecal.publish.keys import SecretKey
from wastecal.publish.manifest import SUMS
from wastecal.publish.signature import FIRST, Snapshot

KEY = SecretKey(b"wastecal", bytes(range(32)))
OTHER_KEY = SecretKey(b"stranger", bytes(range(1, 33)))
TRUSTED = [KEY.public]
NOW = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
WEEK = timedelta(days=7)

Files = Mapping[str, bytes]

PAGE = "adress/holmby/storgatan/1/index.html"
"""A page of 1280 bytes."""

FILES: Files = {
    "index.html": b"<!doctype html>\n<title>Holmby</title>\n",
    "index.html.gz": bytes(range(256)),
    PAGE: "<p>Nästa tömning: torsdag</p>\n".encode() * 40,
    "adress/holmby/storgatan/1.ics": b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
    "adress/holmby/storgatan-2/index.html": b"<p>26 november</p>\n",
    "adress/holmby/storgatan/2/index.html": b"",
    "data/rules.csv": b"scope,container\neveryone,karl-1\n",
    "zon/ÅÄÖ 1/index.html": b"<p>H1</p>\n",
}


def changed(serial: int) -> Files:
    """The files of a later day: one page changed, one gone, one new."""
    files = {**FILES, "index.html": f"<title>Day {serial}</title>\n".encode(), f"new/{serial}.html": b"new\n"}
    del files["data/rules.csv"]
    return files


def release(folder: Path, files: Files = FILES, snapshot: Snapshot | None = None) -> Path:
    """A signed release that lies alone."""
    sums = {}
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
        sums[path] = hashlib.sha256(data).hexdigest()
    signature.sign(folder, sums, snapshot or Snapshot.at(NOW, 1, FIRST), KEY)
    return folder


def publish(root: Path, files: Files = FILES, now: datetime = NOW, key: SecretKey = KEY) -> Path:
    """The next release of a site, put in place as the publisher does."""
    with releases.locked(root):
        last = releases.all_of(root)[-1:]
        serial = int(last[0].name) + 1 if last else 1
        previous = signature.sha256(last[0] / SUMS) if last else FIRST
        staged = releases.staging(root)
        sign_anew(release(staged, files), Snapshot.at(now, serial, previous), key)
        return releases.swap(root, serial)


def sign_anew(folder: Path, snapshot: Snapshot, key: SecretKey = KEY) -> None:
    """What whoever holds a key can do: sign whatever lies there."""
    found = [path for path in folder.rglob("*") if path.is_file()]
    sums = {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}
    for name in (SUMS, signature.NAME, "wastecal.pub"):
        sums.pop(name, None)
    signature.sign(folder, sums, snapshot, key)


def swap_page(folder: Path, data: bytes) -> None:
    """Another page in place of PAGE; the same file in other releases stays as it is."""
    (folder / PAGE).unlink()
    (folder / PAGE).write_bytes(data)


def files_of(folder: Path) -> dict[str, bytes]:
    """Everything in a folder, for comparing."""
    found = (Path(place, name) for place, _, names in os.walk(folder) for name in names)
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}
