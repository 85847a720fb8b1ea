"""Is this copy of a release exactly what was signed? And if not, what is wrong with it?"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from heapq import merge
from itertools import groupby, islice
from operator import itemgetter
from os import DirEntry
from pathlib import Path

from wastecal.publish import manifest, releases, signature
from wastecal.publish.keys import PUBLIC_NAME, PublicKey
from wastecal.publish.manifest import SIZES, SUMS, Entry, Malformed
from wastecal.publish.refusal import Fault, Refused
from wastecal.publish.signature import Signature, Snapshot, moment

CLOCKS_DIFFER_BY = timedelta(hours=1)
_BATCH = 1000

Side = tuple[str, Entry | DirEntry[str]]
"""A path with what is listed, or with what is there."""


def sealed(release: Path, trusted: Sequence[PublicKey]) -> tuple[Signature, PublicKey]:
    """The signature of a release and its key, when it is genuine and is that of this SHA256SUMS."""
    for name in (SUMS, signature.NAME, PUBLIC_NAME, SIZES):
        if not (release / name).is_file():
            raise Refused(Fault.UNSIGNED, f"{release} has no {name}: this is no whole published site.")
    found = signature.read(release)
    key = signature.check(found, trusted)
    if (release / PUBLIC_NAME).read_bytes() != key.text().encode():
        raise Refused(Fault.ALTERED, f"{PUBLIC_NAME} is not the file of the key {key.name}.")
    is_of_its_manifest(release, found, key)
    return found, key


def is_of_its_manifest(release: Path, found: Signature, key: PublicKey) -> None:
    """Raise Refused where a genuine signature is not that of the SHA256SUMS beside it."""
    if found.is_of(release / SUMS, key):
        return
    if _are_of_two_releases(release, found):
        raise Refused(Fault.MIXED, f"{SUMS} and {signature.NAME} are of two different releases.")
    if not _ends_a_line(release / SUMS):
        raise Refused(Fault.TRUNCATED, f"{SUMS} is cut short.")
    raise Refused(Fault.ALTERED, f"{SUMS} is not what was signed.")


def whole(release: Path, tick: Callable[[], None] = lambda: None) -> int:
    """How many files a release has, when they are exactly those that its SHA256SUMS lists."""
    count = 0
    for path, entry, file in pairs(release):
        if entry is None:
            raise Refused(Fault.ADDED, f"{path} is no part of the site.")
        if file is None:
            raise Refused(Fault.TRUNCATED, f"{path} is missing.")
        if not file.is_file(follow_symlinks=False):
            raise Refused(Fault.ALTERED, f"{path} is no ordinary file.")
        size = file.stat(follow_symlinks=False).st_size
        sha256 = signature.sha256(file.path)
        if (sha256, size) != (entry.sha256, entry.size):
            raise not_as_signed(release, entry, sha256, size)
        count += 1
        tick()
    return count


def not_as_signed(release: Path, entry: Entry, sha256: str, size: int) -> Refused:
    """What is wrong with a file of which another hash and size was signed, by name."""
    if any(_lists(other, entry.path, sha256) for other in _beside(release)):
        return Refused(Fault.MIXED, f"{entry.path} is of another release.")
    if size < entry.size:
        return Refused(Fault.TRUNCATED, f"{entry.path} has {size} of {entry.size} bytes.")
    return Refused(Fault.ALTERED, f"{entry.path} is not the file that was signed.")


def in_time(snapshot: Snapshot, now: datetime) -> None:
    if snapshot.published > now + CLOCKS_DIFFER_BY:
        told = f"it was published on {moment(snapshot.published)}; is the clock of this machine right?"
        raise Refused(Fault.PREMATURE, told)
    if now >= snapshot.valid_until:
        told = f"serial {snapshot.serial} was valid until {moment(snapshot.valid_until)}."
        raise Refused(Fault.EXPIRED, told)


def pairs(release: Path) -> Iterator[tuple[str, Entry | None, DirEntry[str] | None]]:
    """Each path with what is listed and what is there; both come in the same order."""
    both = merge(_listed(release), _there(release), key=_bytes)
    for path, found in groupby(both, key=itemgetter(0)):
        sides = [side for _path, side in found]
        entry = next((side for side in sides if isinstance(side, Entry)), None)
        file = next((side for side in sides if isinstance(side, DirEntry)), None)
        yield path, entry, file


def _bytes(side: Side) -> bytes:
    return os.fsencode(side[0])


def _listed(release: Path) -> Iterator[Side]:
    return ((entry.path, entry) for entry in listed(release))


def listed(release: Path) -> Iterator[Entry]:
    """The files that a sealed release lists, with their sizes. Raises Refused."""
    try:
        manifest.check_sizes(release)
        yield from manifest.entries(release)
    except Malformed as error:
        raise Refused(Fault.ALTERED, f"{error}.") from error


def _there(release: Path) -> Iterator[Side]:
    sealing = {*manifest.UNLISTED, SIZES}
    return (found for found in manifest.walk(release) if found[0] not in sealing)


def _are_of_two_releases(release: Path, found: Signature) -> bool:
    """Whether the manifest or the signature is known to belong elsewhere."""
    sums, others = signature.sha256(release / SUMS), _beside(release)
    if sums in {found.snapshot.previous, *(signature.sha256(other / SUMS) for other in others)}:
        return True
    return any((other / signature.NAME).read_bytes() == found.text().encode() for other in others)


def _ends_a_line(file: Path) -> bool:
    with file.open("rb") as source:
        source.seek(max(file.stat().st_size - 1, 0))
        return source.read() == b"\n"


def _beside(release: Path) -> list[Path]:
    """The other releases in the same folder."""
    if release.parent.name != releases.FOLDER:
        return []
    found = releases.all_of(release.parent.parent)
    return [path for path in found if path.name != release.name and _has_seals(path)]


def _has_seals(release: Path) -> bool:
    return (release / SUMS).is_file() and (release / signature.NAME).is_file()


def _lists(release: Path, path: str, sha256: str) -> bool:
    try:
        return (path, sha256) in manifest.sums(release / SUMS)
    except Malformed:
        return False


def batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Some at a time: a site has a million files, and they need not all be in memory."""
    rest = iter(entries)
    while batch := list(islice(rest, _BATCH)):
        yield batch
