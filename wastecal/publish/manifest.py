"""Which files does a release hold, and which bytes are in each?

SHA256SUMS lists every file but itself, its signature and the key, in `sha256sum`'s format and in the
order of the paths' bytes: one state, one manifest. SIZES, itself listed, has the length of each in
the same order, so that a reader of a hostile copy takes not one byte more than was signed.
"""

import hashlib
import os
import re
import unicodedata
from bisect import insort
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from wastecal.core.errors import WastecalError

SUMS, SIZES = "SHA256SUMS", "SIZES"
LONGEST_PATH = 1000
_LINE = re.compile(rb"([0-9a-f]{64})  ([^\n]+)\n")
_SIZE = re.compile(rb"(0|[1-9][0-9]{0,14})\n")
_LONGEST_LINE = 64 + 2 + LONGEST_PATH + 1


class Malformed(WastecalError):
    """A manifest that is not in its one canonical form."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of a release: its path with slashes, the SHA-256 of its bytes in hex, how many they are."""

    path: str
    sha256: str
    size: int


def write(release: Path, sums: Mapping[str, str], before: Path | None = None) -> None:
    """Write SIZES and SHA256SUMS for files that are there; `sums` gives the hash of each path.

    The lengths of files that are in the release `before`, too, are taken from there.
    """
    paths = sorted(sums.keys() - {SIZES})  # by code point, which is the order of UTF-8 too
    known = _listed(before) if before else iter(())
    sizes = "".join(f"{size}\n" for size in _sizes(release, paths, sums, known)).encode()
    (release / SIZES).write_bytes(sizes)
    hashes = {**sums, SIZES: hashlib.sha256(sizes).hexdigest()}
    insort(paths, SIZES)
    with (release / SUMS).open("wb") as file:
        file.writelines(f"{hashes[path]}  {path}\n".encode() for path in paths)


def _sizes(
    release: Path, paths: Iterable[str], sums: Mapping[str, str], known: Iterator[tuple[str, str, str]]
) -> Iterator[str]:
    """The length of each file; `known` are the path, hash and length of others, in the same order."""
    path = sha256 = size = ""
    for wanted in paths:
        while path < wanted and (row := next(known, None)):
            path, sha256, size = row
        if path == wanted and sha256 == sums[wanted]:
            yield size
        elif is_canonical(wanted):
            yield str(os.stat(f"{release}/{wanted}").st_size)
        else:
            raise Malformed(f"a file of a release may not be called {wanted!r}")


def _listed(release: Path) -> Iterator[tuple[str, str, str]]:
    """(path, hash, length) of each file of a release of our own, which nobody has to distrust."""
    with suppress(FileNotFoundError), (release / SUMS).open() as lines, (release / SIZES).open() as sizes:
        for line in lines:
            if (path := line[66:-1]) != SIZES:
                yield path, line[:64], next(sizes)[:-1]


def read(release: Path) -> dict[str, str]:
    """The hash of each path, SIZES too: what `write` was given for this release."""
    return dict(sums(release / SUMS))


def entries(folder: Path) -> Iterator[Entry]:
    """The files of the manifest in `folder`, in its order, with their lengths; streams.

    SIZES itself is left out. Raises Malformed.
    """
    lengths = _lengths(folder / SIZES)
    listed = (line for line in sums(folder / SUMS) if line[0] != SIZES)
    for line, size in zip_longest(listed, lengths):
        if line is None or size is None:
            raise Malformed(f"{SIZES} and {SUMS} list different numbers of files")
        yield Entry(line[0], line[1], size)


def check_sizes(folder: Path) -> None:
    """Raise Malformed unless SIZES is the file that SHA256SUMS lists."""
    with (folder / SIZES).open("rb") as source:
        found = hashlib.file_digest(source, "sha256").hexdigest()
    if (SIZES, found) not in sums(folder / SUMS):
        raise Malformed(f"{SIZES} is not the file that was signed")


def sums(file: Path) -> Iterator[tuple[str, str]]:
    """(path, hash) of each line of a SHA256SUMS; streams. Raises Malformed."""
    last = b""
    for number, line in _lines(file, _LONGEST_LINE):
        found = _LINE.fullmatch(line)
        if not found or found[2] <= last:
            raise Malformed(f"line {number} of {file.name} is out of form or order")
        last = found[2]
        path = last.decode(errors="replace")
        if not is_canonical(path):
            raise Malformed(f"line {number} of {file.name} names no file of a site")
        yield path, found[1].decode()


def is_canonical(path: str) -> bool:
    """Whether a path is relative, stays below its folder and means the same on every file system."""
    parts = path.split("/")
    return (
        len(path.encode()) <= LONGEST_PATH
        and path.isprintable()
        and "\\" not in path
        and "\ufffd" not in path
        and unicodedata.is_normalized("NFC", path)
        and not {"", ".", ".."} & set(parts)
        and path not in UNLISTED
    )


UNLISTED = (SUMS, f"{SUMS}.minisig", "wastecal.pub")
"""The files that cannot be in the manifest: it, its signature, and the key that is trusted from elsewhere."""


def walk(folder: Path, below: str = "") -> Iterator[tuple[str, os.DirEntry[str]]]:
    """(path, entry) of all but folders, in the order of the paths' bytes; follows no link."""
    with os.scandir(folder / below) as found:
        inside = sorted(found, key=_sort_key)
    for entry in inside:
        if entry.is_dir(follow_symlinks=False):
            yield from walk(folder, f"{below}{entry.name}/")
        else:
            yield f"{below}{entry.name}", entry


def _sort_key(entry: os.DirEntry[str]) -> bytes:
    """As if each folder's name ended in a slash: `a-b` comes before `a/b`, whose bytes are higher."""
    return os.fsencode(entry.name) + (b"/" if entry.is_dir(follow_symlinks=False) else b"")


def _lengths(file: Path) -> Iterator[int]:
    for number, line in _lines(file, 32):
        found = _SIZE.fullmatch(line)
        if not found:
            raise Malformed(f"line {number} of {file.name} is no length")
        yield int(found[1])


def _lines(file: Path, longest: int) -> Iterator[tuple[int, bytes]]:
    with file.open("rb") as source:
        number = 0
        while line := source.readline(longest + 1):
            number += 1
            yield number, line
