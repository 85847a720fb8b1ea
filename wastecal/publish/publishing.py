"""How does an edition become the release that everyone reads?"""

import errno
import gc
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from wastecal import answers
from wastecal.core.errors import NoAnswer
from wastecal.publish import chain, changes, keys, plan, readme, releases, signature, workers, writer
from wastecal.publish.changes import Changes, Made
from wastecal.publish.edition import Edition
from wastecal.publish.keys import PUBLIC_NAME, SecretKey
from wastecal.publish.manifest import SIZES, SUMS
from wastecal.publish.refusal import Refused
from wastecal.publish.signature import Snapshot
from wastecal.publish.writer import PACKED, Before, Stage

KEPT = 3
"""So many releases are kept, for those who still read the one before; the oldest becomes the next."""
_APART = (SUMS, SIZES, signature.NAME, PUBLIC_NAME)
"""What every release has of its own."""
_FULL = (errno.ENOSPC, errno.EDQUOT)

Tick = Callable[[int], None]


class NothingLoaded(NoAnswer):
    """There is nothing to publish yet."""


class DiskFull(NoAnswer):
    """There was no room for the next release."""


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing came to: the snapshot that is read now, its files, and how many of them are new."""

    snapshot: Snapshot
    files: int = 0
    new: int = 0


@dataclass(frozen=True, slots=True)
class Publisher:
    """Into which folder, for which address of the web, with whose key; told how many files there are."""

    root: Path
    site: str
    key: SecretKey
    tick: Tick = lambda _count: None
    anew: bool = False
    """Whether nothing is taken from the releases that are there: for one that was altered on the disk."""

    def publish(self, today: date, now: datetime) -> Published:
        """Bring the published site up to what is known on `today`.

        What was read before goes on being read until all of the new is there. Where nothing has
        changed only the signature is renewed. Raises Busy, DiskFull, NothingLoaded.
        """
        try:
            with releases.locked(self.root), _without_collector():
                return self._published(today, now)
        except OSError as error:
            if error.errno not in _FULL:
                raise
            raise DiskFull(
                f"There is no room for the next release in {self.root}, and the site stands as it was: "
                "make room on that disk (space or inodes, 'df -h' and 'df -i' show which) and publish again."
            ) from error

    def _published(self, today: date, now: datetime) -> Published:
        known = answers.known()
        if known is None:
            raise NothingLoaded("There is nothing to publish: load a data directory first.")
        last = None if self.anew else _last(self.root)
        made = Made.read(self.root, int(last.name)) if last else None
        same = made and made == Made.of(known.register, today, self.site, made.serial)
        if last and same and _is_signed_by(last, self.key):
            return Published(signature.resign(last, self.key, now))
        everything = answers.everything()
        assert everything
        edition = Edition.of(everything, today, self.site)
        return self._released(edition, last, changes.since(made, edition), now)

    def _released(self, edition: Edition, last: Path | None, changed: Changes, now: datetime) -> Published:
        stage = _stage(self.root, last)
        try:
            return self._release(edition, stage, changed, now)
        except FileNotFoundError:
            if not last:
                raise
            # A file of the release before is gone: nothing of it is taken.
            return self._released(edition, None, changes.ALL, now)
        finally:
            writer.clear(stage.folder)

    def _release(self, edition: Edition, stage: Stage, changed: Changes, now: datetime) -> Published:
        sums = self._write(edition, stage, changed)
        snapshot = chain.following(self.root, now)
        signature.sign(stage.folder, sums, snapshot, self.key, stage.before.folder)
        os.sync()  # a machine that dies now must not come up with the link but without the files
        chain.remember(snapshot, stage.folder)
        made = Made.of(edition.everything.register, edition.today, edition.site, snapshot.serial)
        made.write(self.root)
        releases.swap(self.root, snapshot.serial)
        releases.prune(self.root, KEPT)
        new = sum(stage.before.sums.get(path) != sha256 for path, sha256 in sums.items())
        return Published(snapshot, len(sums), new)

    def _write(self, edition: Edition, stage: Stage, changed: Changes) -> workers.Sums:
        found = plan.of(edition, changed, stage.before.sums)
        sums = workers.write(stage, found.works, self.tick)
        sums.update(stage.put(readme.NAME, readme.text(edition.town, edition.site).encode()))
        for path in found.kept:
            for name in (path, path + PACKED):
                if name in stage.before.sums:
                    sums[name] = stage.keep(name)
        stage.drop(sums)
        return sums


@contextmanager
def _without_collector() -> Iterator[None]:
    """Nearly all that is read is needed to the end; looking for garbage in it took a fifth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _last(root: Path) -> Path | None:
    """The release that is read now, where it is one that we can go on from."""
    found = releases.current(root)
    return found if found and found.parent.name == releases.FOLDER else None


def _sums(release: Path) -> workers.Sums:
    """The files of a release of ours that may be shared with the next; none where that is not known.

    `manifest.read` says the same, and distrusts every line; that takes a second more.
    """
    try:
        with (release / SUMS).open(encoding="utf-8") as lines:
            return {path: line[:64] for line in lines if (path := line[66:-1]) not in _APART}
    except (FileNotFoundError, UnicodeDecodeError):
        return {}


def _is_signed_by(release: Path, key: SecretKey) -> bool:
    try:
        own = keys.read_public(release / PUBLIC_NAME) == key.public
        return own and signature.read(release).number == key.number
    except (FileNotFoundError, keys.Unusable, Refused):
        return False


def _stage(root: Path, last: Path | None) -> Stage:
    """An empty folder for the next release, or the oldest one, whose files are mostly the right ones."""
    folder = releases.staging(root)
    writer.clear(folder)
    before = Before(last, _sums(last)) if last else Before()
    oldest = releases.all_of(root)[:1] if len(releases.all_of(root)) >= KEPT else []
    if last and oldest and oldest[0] != last and (lying := _sums(oldest[0])):
        writer.recycle(oldest[0], folder, _APART)
        return Stage(folder, before, lying)
    folder.mkdir()
    return Stage(folder, before)
