"""How does a neighbour keep a copy of a published site, and take no false one?

The signature is looked at first, then what it signs, then only the files that are new; what was taken
before a cut is kept. Nothing is read by others before all of it has been verified.
"""

import os
import shutil
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from wastecal.publish import copies, keys, offers, releases, signature
from wastecal.publish.keys import PUBLIC_NAME, PublicKey
from wastecal.publish.manifest import SUMS, Entry
from wastecal.publish.offers import Offer
from wastecal.publish.refusal import Fault, Refused
from wastecal.publish.remote import Site, Taken
from wastecal.publish.signature import Snapshot, moment

KEPT = 3
_ROUNDS = 5

Tick = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Mirrored:
    """What a run came to: the snapshot that is read now, how many files are new, how many were there."""

    snapshot: Snapshot
    fetched: int = 0
    kept: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a mirror: from which site into which folder, and the newest release held so far."""

    site: Site
    root: Path
    held: Path | None
    now: datetime
    tick: Tick

    @property
    def staged(self) -> Path:
        return releases.staging(self.root)


def trusted_by(root: Path, site: Site) -> PublicKey:
    """The key that this mirror has followed so far; at the very first, the one the site itself shows."""
    release = releases.current(root)
    return keys.read_public(release / PUBLIC_NAME) if release else offers.shown_key(site)


def mirror(
    site: Site, root: Path, trusted: Sequence[PublicKey], now: datetime, tick: Tick = lambda: None
) -> Mirrored:
    """Bring the mirror in `root` up to what the site has now. Raises Refused, and changes nothing then."""
    with releases.locked(root):
        run = Run(site, root, _held(root, trusted), now, tick)
        return offers.steady(site, trusted, partial(_follow, run))


def repair(
    site: Site, root: Path, trusted: Sequence[PublicKey], now: datetime, tick: Tick = lambda: None
) -> Mirrored:
    """The same, but look at every file also where nothing is new, and take anew those that are damaged."""
    with releases.locked(root):
        run = Run(site, root, _held(root, trusted), now, tick)
        return offers.steady(site, trusted, partial(_take, run))


def _held(root: Path, trusted: Sequence[PublicKey]) -> Path | None:
    """The newest release that we have and would still take.

    One whose seals are damaged does not count, nor one of a key that is trusted no longer: a thief who
    published an enormous serial with it must not stand in the way of the publisher's new key.
    """
    return next((path for path in reversed(releases.all_of(root)) if _is_sealed(path, trusted)), None)


def _is_sealed(release: Path, trusted: Sequence[PublicKey]) -> bool:
    try:
        copies.sealed(release, trusted)
    except Refused:
        return False
    return True


def _follow(run: Run, offer: Offer) -> Mirrored:
    if run.held is None or run.held != releases.current(run.root) or not _is_renewed(run.held, offer):
        return _take(run, offer)
    _must_be_acceptable(run, offer)
    signature.replace(run.held / signature.NAME, offer.data)
    return Mirrored(offer.signature.snapshot)


def _take(run: Run, offer: Offer) -> Mirrored:
    """Take a whole release, and let it be read when all of it is as it was signed."""
    _must_be_acceptable(run, offer)
    offers.take_manifest(run.site, run.staged, offer)
    _make_room(run)
    _remove_strays(run.staged)
    fetched, kept = _take_files(run)
    copies.sealed(run.staged, [offer.key])
    copies.whole(run.staged)
    os.sync()  # a machine that dies now must not come up with the link but without the files
    releases.swap(run.root, offer.signature.snapshot.serial)
    releases.prune(run.root, KEPT)
    return Mirrored(offer.signature.snapshot, fetched, kept)


def _must_be_acceptable(run: Run, offer: Offer) -> None:
    if run.held:
        _goes_on_from(run.held, offer, run.now)
    copies.in_time(offer.signature.snapshot, run.now)


def _goes_on_from(held: Path, offer: Offer, now: datetime) -> None:
    """Refuse what is older than what we hold, the same for too long, or of another history."""
    ours, theirs = signature.read(held).snapshot, offer.signature.snapshot
    if (theirs.serial, theirs.published) < (ours.serial, ours.published):
        told = f"the site offers serial {theirs.serial} of {moment(theirs.published)}"
        raise Refused(Fault.ROLLED_BACK, f"{told}; we hold {ours.serial} of {moment(ours.published)}.")
    if theirs == ours and now >= theirs.valid_until:
        told = f"the site still offers serial {ours.serial}"
        raise Refused(Fault.FROZEN, f"{told}, valid until {moment(ours.valid_until)}, and nothing newer.")
    if theirs.serial == ours.serial and not _is_same(held, offer):
        raise Refused(Fault.FORKED, f"the site offers another serial {theirs.serial} than the one we hold.")
    follows = theirs.serial == ours.serial + 1
    if follows and theirs.previous != signature.sha256(held / SUMS):
        raise Refused(Fault.FORKED, f"serial {theirs.serial} does not follow from the {ours.serial} we hold.")


def _is_renewed(held: Path, offer: Offer) -> bool:
    """Whether the offer is what we hold, at most with a newer signature."""
    return offer.signature.snapshot.serial == signature.read(held).snapshot.serial and _is_same(held, offer)


def _is_same(held: Path, offer: Offer) -> bool:
    same_key = (held / PUBLIC_NAME).read_bytes() == offer.key.text().encode()
    return same_key and offer.signature.is_of(held / SUMS, offer.key)


def _take_files(run: Run) -> tuple[int, int]:
    """(fetched, kept): every listed file is in its place afterwards."""
    fetched = kept = 0
    with ThreadPoolExecutor(run.site.limits.at_once) as workers:
        for batch in copies.batches(copies.listed(run.staged)):
            for was_fetched in workers.map(partial(_place, run), batch):
                fetched, kept = fetched + was_fetched, kept + (not was_fetched)
                run.tick()
    return fetched, kept


def _place(run: Run, entry: Entry) -> bool:
    """Put one file where it belongs: from an earlier run, from the release we hold, else fetched (True)."""
    target = run.staged / entry.path
    if _is(target, entry):
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    if run.held and _is(run.held / entry.path, entry):
        os.link(run.held / entry.path, target)
        return False
    with target.open("x+b") as sink:
        taken = run.site.take(entry.path, entry.size, sink)
    if taken != Taken(entry.sha256, entry.size):
        raise copies.not_as_signed(run.staged, entry, taken.sha256, taken.size)
    return True


def _is(file: Path, entry: Entry) -> bool:
    return _has_size(file, entry.size) and signature.sha256(file) == entry.sha256


def _has_size(file: Path, size: int) -> bool:
    try:
        return file.stat().st_size == size and file.is_file()
    except (FileNotFoundError, NotADirectoryError):
        return False


def _make_room(run: Run) -> None:
    """Refuse a site that is too large, before any of its pages is taken."""
    total = wanted = 0
    for entry in copies.listed(run.staged):
        total += entry.size
        wanted += 0 if run.held and _has_size(run.held / entry.path, entry.size) else entry.size
    if total > run.site.limits.site:
        told = f"the site is {total:,} bytes, and {run.site.limits.site:,} are allowed."
        raise Refused(Fault.OVERSIZED, told)
    free = shutil.disk_usage(run.staged).free
    if wanted > free:
        raise Refused(Fault.OVERSIZED, f"{wanted:,} bytes are new, and {free:,} are free here.")


def _remove_strays(staged: Path) -> None:
    """Take away what an earlier run left for another manifest."""
    for path, entry, file in copies.pairs(staged):
        if entry is None and file is not None:
            (staged / path).unlink()
    for folder, _folders, _files in os.walk(staged, topdown=False):
        if folder != str(staged) and not os.listdir(folder):
            os.rmdir(folder)
