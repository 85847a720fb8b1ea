"""Where do published releases lie, and which one is read? `releases/<serial>/`, and the link `current`.

Publisher and mirror share this layout. A release is made in `releases/.next/`, which nobody reads, and
put in place by two renames. Between the two the link `.current.new` says that a swap is under way, so
that a kill there is not taken for a site that was turned back.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wastecal.core.errors import NoAnswer

CURRENT, FOLDER = "current", "releases"
_PENDING, _NEXT, _OLD, _LOCK = ".current.new", ".next", ".old", ".lock"


class Busy(NoAnswer):
    """Another publisher or mirror is writing in the same folder."""


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Be the only writer of `root`, and clean up what a killed one left. Raises Busy."""
    (root / FOLDER).mkdir(parents=True, exist_ok=True)
    with (root / _LOCK).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy(f"{root} is being written by another process; wait for it.") from error
        _finish_killed_swap(root)
        yield


def current(root: Path) -> Path | None:
    """The release that is read now, by its own name: the link may move on while it is looked at."""
    link = root / CURRENT
    if link.is_symlink():
        return root / os.readlink(link)
    return link if link.is_dir() else None  # a copy that was made without links


def all_of(root: Path) -> list[Path]:
    """The releases that are in place, oldest first."""
    found = (path for path in (root / FOLDER).glob("[0-9]*") if path.name.isdecimal())
    return sorted(found, key=lambda path: int(path.name))


def staging(root: Path) -> Path:
    """The folder in which the next release is made; what is in it was left by a killed process."""
    return root / FOLDER / _NEXT


def pending(root: Path) -> Path | None:
    """The release of a swap that was begun and is not done."""
    try:
        return root / os.readlink(root / _PENDING)
    except FileNotFoundError:
        return None


def swap(root: Path, serial: int) -> Path:
    """Put the finished release in `staging` in place, and let readers have it from now on.

    Where its serial is there already, that release is damaged or was never read, and makes room.
    """
    place, aside = root / FOLDER / str(serial), root / FOLDER / _OLD
    if place.exists():
        shutil.rmtree(aside, ignore_errors=True)
        place.rename(aside)
    (root / _PENDING).symlink_to(f"{FOLDER}/{serial}")
    staging(root).rename(place)
    os.replace(root / _PENDING, root / CURRENT)
    shutil.rmtree(aside, ignore_errors=True)
    return place


def prune(root: Path, keep: int) -> None:
    """Remove all but the newest `keep` releases, and never the one that is read."""
    held = current(root)
    for path in all_of(root)[:-keep]:
        if path != held:
            shutil.rmtree(path)


def _finish_killed_swap(root: Path) -> None:
    """Take back a swap that was begun: its release was never read by anyone."""
    begun = pending(root)
    if begun is None:
        return
    if begun.exists() and begun != current(root):
        shutil.rmtree(begun)
    (root / _PENDING).unlink()
