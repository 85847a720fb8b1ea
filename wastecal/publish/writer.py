"""How do files come into a release: written, or shared with the release before where they are equal?

A release is never changed once it is read by anyone. A new one may be made out of the oldest, whose
files are mostly the right ones already: then an Edit for one zone touches the files of that zone and
no others. Decision 21.
"""

import gzip
import hashlib
import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from wastecal.web.years import qr

LEVEL = 3
"""Of gzip: 4 and above take twice the time and make pages, feeds and JSON a tenth smaller (measured)."""
PACKED = ".gz"
_TEXTS = {
    *(".html", ".ics", ".json", ".csv", ".toml", ".txt", ".xml", ".svg", ".css", ".js", ".webmanifest"),
}


@dataclass(frozen=True, slots=True)
class Before:
    """The release that is read now: its folder, and the SHA-256 of each of its files by path."""

    folder: Path | None = None
    sums: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stage:
    """The folder in which a release is made; `lying` are the files of an old one that lie there."""

    folder: Path
    before: Before = Before()
    lying: Mapping[str, str] = field(default_factory=dict)
    _made: set[str] = field(default_factory=set)

    def put(self, path: str, body: bytes) -> Iterator[tuple[str, str]]:
        """Have the file in the release, packed too where that is smaller: (path, SHA-256) of each."""
        sha256 = _sha256(body)
        packed_path = path + PACKED
        known = self.before.sums
        yield path, self._have(path, sha256, body)
        if not is_text(path):
            return
        if known.get(path) == sha256:
            if packed_path in known:
                yield packed_path, self.keep(packed_path)
            return
        packed = gzip.compress(body, LEVEL, mtime=0)
        if len(packed) < len(body):
            yield packed_path, self._have(packed_path, _sha256(packed), packed)

    def keep(self, path: str) -> str:
        """Have the file as it is in the release before: its SHA-256."""
        assert self.before.folder is not None
        sha256 = self.before.sums[path]
        if self.lying.get(path) != sha256:
            self._clear(path)
            os.link(f"{self.before.folder}/{path}", f"{self.folder}/{path}")
        return sha256

    def drop(self, wanted: Collection[str]) -> None:
        """Take away what an old release left lying and the new one does not want."""
        for path in self.lying:
            if path not in wanted:
                os.unlink(self.folder / path)
                with suppress(OSError):  # not empty, or gone
                    os.removedirs((self.folder / path).parent)

    def _have(self, path: str, sha256: str, body: bytes) -> str:
        if self.before.sums.get(path) == sha256:
            return self.keep(path)
        if self.lying.get(path) != sha256:
            self._clear(path)
            _write_new(f"{self.folder}/{path}", body)
        return sha256

    def _clear(self, path: str) -> None:
        """Make the way free. An old file is unlinked, never written to: other releases may share it."""
        if path in self.lying:
            os.unlink(f"{self.folder}/{path}")
            return
        parent = path.rpartition("/")[0]
        if parent not in self._made:
            _make(f"{self.folder}/{parent}")
            self._made.add(parent)


def recycle(oldest: Path, stage: Path, unlisted: Iterable[str]) -> None:
    """Make the stage out of a release that nobody reads any more; the `unlisted` files go at once."""
    oldest.rename(stage)
    for path in unlisted:
        (stage / path).unlink(missing_ok=True)


def clear(stage: Path) -> None:
    """Take away what a killed publisher left."""
    if stage.exists():
        shutil.rmtree(stage)


def is_text(path: str) -> bool:
    """Whether a file is worth packing: a QR code is small, and there are very many of them."""
    return not path.endswith(qr.ENDING) and os.path.splitext(path)[1] in _TEXTS


def _sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def _make(folder: str) -> None:
    """Have a folder; mostly only the last of its path is missing, and then nothing else is asked."""
    try:
        os.mkdir(folder)
    except FileExistsError:
        return
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)


def _write_new(path: str, body: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    try:
        left = memoryview(body)
        while left:
            left = left[os.write(handle, left) :]
    finally:
        os.close(handle)
