"""What lies in a backup? A packed tar: a manifest first, then the files that it names with their hashes."""

import gzip
import json
import tarfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import file_digest, sha256
from io import BufferedReader, BytesIO
from pathlib import Path
from typing import IO, Any

from wastecal.keeping.envelope import Opened, Sealing
from wastecal.keeping.refusal import Altered, Unusable

MANIFEST = "manifest.json"
FORMAT = 1
_BLOCK = 65536
_LONGEST_MANIFEST = 1 << 20
_LEVEL = 6  # of gzip: a database shrinks to a fifth; 9 takes thrice the time for a hundredth


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself; `rows` counts those of each table, `files` holds SHA-256 in hex."""

    made: datetime
    engine: str
    migrations: tuple[str, ...]
    rows: Mapping[str, int]
    files: Mapping[str, str]

    @property
    def contents(self) -> str:
        return f"{sum(self.rows.values()):,} rows in {len(self.rows)} tables"

    def text(self) -> bytes:
        found = {"format": FORMAT, "made": self.made.isoformat(), "engine": self.engine}
        lists = {"migrations": self.migrations, "rows": self.rows, "files": self.files}
        return json.dumps({**found, **lists}, indent=1).encode() + b"\n"


def write(sink: Sealing, manifest: Manifest, folder: Path, tick: Callable[[], None]) -> None:
    """Pack the manifest and the files that it names, which lie in `folder`. `tick` counts 64 KiB each."""
    with (
        gzip.GzipFile("", "wb", _LEVEL, sink, mtime=0) as packed,
        tarfile.open(mode="w|", fileobj=packed, format=tarfile.PAX_FORMAT) as tar,
    ):
        text = manifest.text()
        tar.addfile(_entry(MANIFEST, len(text), manifest.made), BytesIO(text))
        for name in manifest.files:
            path = folder / name
            with path.open("rb") as file:
                tar.addfile(_entry(name, path.stat().st_size, manifest.made), _Ticking(file, tick))
    sink.finish()


def read(source: Opened, folder: Path, name: str) -> Manifest:
    """Unpack into `folder`, to the last byte; raises Altered unless all is what the manifest says."""
    try:
        with gzip.GzipFile(fileobj=BufferedReader(source, _BLOCK), mode="rb") as packed:
            with tarfile.open(mode="r|", fileobj=packed) as tar:
                manifest, found = _unpacked(tar, folder, name)
            while packed.read(_BLOCK):  # only its end tells that it is whole
                continue
    except (tarfile.TarError, EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise Altered(f"{name} is sealed rightly, but holds no backup of wastecal ({error}).") from error
    for file in sorted(manifest.files.keys() | found.keys()):
        if manifest.files.get(file) != found.get(file):
            raise Altered(f"{file} in {name} is not the file that was backed up.")
    return manifest


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _entry(name: str, size: int, made: datetime) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mtime, entry.mode = size, int(made.timestamp()), 0o600
    return entry


def _unpacked(tar: tarfile.TarFile, folder: Path, name: str) -> tuple[Manifest, dict[str, str]]:
    """The manifest, which comes first, and the hash of each file as it was written to `folder`."""
    first = tar.next()
    if first is None or first.name != MANIFEST or first.size > _LONGEST_MANIFEST:
        raise Altered(f"{name} is sealed rightly, but holds no backup of wastecal.")
    manifest = _manifest(_content(tar, first).read(), name)
    found = {}
    while entry := tar.next():
        if entry.name not in manifest.files or "/" in entry.name:
            raise Altered(f"{name} holds {entry.name!r}, which its manifest does not name.")
        found[entry.name] = _written(_content(tar, entry), folder / entry.name)
    return manifest, found


def _content(tar: tarfile.TarFile, entry: tarfile.TarInfo) -> IO[bytes]:
    content = tar.extractfile(entry)
    if content is None:
        raise Altered(f"{entry.name!r} in the backup is no plain file.")
    return content


def _written(content: IO[bytes], to: Path) -> str:
    seen = sha256()
    with to.open("wb") as file:
        while block := content.read(_BLOCK):
            seen.update(block)
            file.write(block)
    return seen.hexdigest()


def _manifest(text: bytes, name: str) -> Manifest:
    try:
        found: dict[str, Any] = json.loads(text)
        number = found["format"]
        made = datetime.fromisoformat(found["made"])
        manifest = Manifest(
            made, found["engine"], tuple(found["migrations"]), dict(found["rows"]), dict(found["files"])
        )
    except (ValueError, KeyError, TypeError) as error:
        raise Altered(f"{MANIFEST} in {name} cannot be read.") from error
    if number != FORMAT:
        raise Unusable(f"{name} was made by another release (format {number}, here {FORMAT}).")
    return manifest


class _Ticking:
    """Passes on what is read, and counts it."""

    def __init__(self, file: IO[bytes], tick: Callable[[], None]) -> None:
        self._file, self._tick, self._seen = file, tick, 0

    def read(self, size: int = -1, /) -> bytes:
        data = self._file.read(size)
        before, self._seen = self._seen, self._seen + len(data)
        for _ in range(before // _BLOCK, self._seen // _BLOCK):
            self._tick()
        return data
