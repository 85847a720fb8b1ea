"""Is this site genuine, whole, and of today?

Needs no database and no settings, only the library `cryptography`:
`python -m wastecal.publish.verifying DIR|URL --key wastecal.pub`.
"""

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from wastecal.core.errors import WastecalError
from wastecal.publish import copies, keys, offers, releases, signature
from wastecal.publish.keys import PUBLIC_NAME, PublicKey
from wastecal.publish.manifest import Entry
from wastecal.publish.offers import Offer
from wastecal.publish.refusal import Fault, Refused
from wastecal.publish.remote import Site, Taken
from wastecal.publish.signature import Snapshot, moment

Tick = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Genuine:
    """A site that was verified: its snapshot, whose key signed it, how many files it has."""

    snapshot: Snapshot
    key: PublicKey
    files: int

    def __str__(self) -> str:
        published, valid_until = moment(self.snapshot.published), moment(self.snapshot.valid_until)
        return (
            f"Genuine: serial {self.snapshot.serial} of {published}, valid until {valid_until}, "
            f"{self.files:,} files, signed with the key {self.key.name}."
        )


def folder(
    root: Path,
    trusted: Sequence[PublicKey],
    now: datetime,
    tick: Tick = lambda: None,
    *,
    expired: bool = False,
) -> Genuine:
    """Verify a release, or the one that is read in a folder of releases. Raises Refused.

    `expired` takes one that is past its time.
    """
    if not root.is_dir():
        raise WastecalError(f"There is no folder {root}.")
    release = releases.current(root) or root
    found, key = copies.sealed(release, trusted or [_shown_key(release)])
    files = copies.whole(release, tick)
    _not_turned_back(root, release, found.snapshot, key)
    if not (expired and now >= found.snapshot.valid_until):
        copies.in_time(found.snapshot, now)
    return Genuine(found.snapshot, key, files)


def address(site: Site, trusted: Sequence[PublicKey], now: datetime, tick: Tick = lambda: None) -> Genuine:
    """Verify a site from afar, keeping nothing. What it has beside its own files cannot be seen."""
    found = offers.steady(site, trusted or [offers.shown_key(site)], partial(_offered, site, tick))
    copies.in_time(found.snapshot, now)
    return found


def _offered(site: Site, tick: Tick, offer: Offer) -> Genuine:
    if offers.shown_key_file(site) != offer.key.text().encode():
        raise Refused(Fault.ALTERED, f"{PUBLIC_NAME} is not the file of the key {offer.key.name}.")
    files = 0
    with TemporaryDirectory() as name, ThreadPoolExecutor(site.limits.at_once) as workers:
        offers.take_manifest(site, Path(name), offer)
        for batch in copies.batches(copies.listed(Path(name))):
            for _ in workers.map(partial(_must_be_as_signed, site, Path(name)), batch):
                files += 1
                tick()
    return Genuine(offer.signature.snapshot, offer.key, files)


def _must_be_as_signed(site: Site, manifests: Path, entry: Entry) -> None:
    taken = site.take(entry.path, entry.size, _Nowhere())
    if taken != Taken(entry.sha256, entry.size):
        raise copies.not_as_signed(manifests, entry, taken.sha256, taken.size)


class _Nowhere(BytesIO):
    """Takes bytes and keeps none."""

    def write(self, data: object) -> int:
        return 0


def keys_named(texts: Sequence[str]) -> list[PublicKey]:
    """Public keys given as files, or as the one line that is printed on paper."""
    return [
        keys.read_public(Path(text)) if Path(text).exists() else keys.parse_public(text) for text in texts
    ]


def any_target(
    target: str, trusted: Sequence[PublicKey], now: datetime, tick: Tick = lambda: None
) -> Genuine:
    """Verify what a person names: an address or a folder."""
    if target.startswith(("http://", "https://")):
        with Site(target) as site:
            return address(site, trusted, now, tick)
    return folder(Path(target), trusted, now, tick)


def main(words: Sequence[str]) -> int:
    parser = ArgumentParser("python -m wastecal.publish.verifying", description="Verifies a published site.")
    parser.add_argument("target", metavar="DIR|URL")
    parser.add_argument("--key", action="append", default=[], help=KEY_HELP)
    given = parser.parse_args(words)
    try:
        print(any_target(given.target, keys_named(given.key), datetime.now(UTC)))
    except Refused as refused:
        print(f"Refused as {refused}", file=sys.stderr)
        return 1
    except (WastecalError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    if not given.key:
        print(UNPROVEN, file=sys.stderr)
    return 0


KEY_HELP = "the public key that is trusted: its file, or its line as printed; may be given more than once"
UNPROVEN = (
    "This key was taken from the site itself, which proves that the copy is whole, not whose it is: "
    "compare it with the printed one, or name that with --key."
)


def _shown_key(release: Path) -> PublicKey:
    if not (release / PUBLIC_NAME).is_file():
        raise Refused(Fault.UNSIGNED, f"{release} has no {PUBLIC_NAME}: this is no whole published site.")
    return keys.read_public(release / PUBLIC_NAME)


def _not_turned_back(root: Path, release: Path, snapshot: Snapshot, key: PublicKey) -> None:
    """Refuse a `current` that leads to an older release than one that was read before."""
    begun = releases.pending(root)
    done = [path for path in releases.all_of(root) if path != begun and _is_signed(path, key)]
    newest = max((int(path.name) for path in [release, *done] if path.name.isdecimal()), default=0)
    if snapshot.serial < newest:
        told = f"serial {snapshot.serial} is read, and {newest} has been published."
        raise Refused(Fault.ROLLED_BACK, told)


def _is_signed(release: Path, key: PublicKey) -> bool:
    try:
        signature.check(signature.read(release), [key])
    except Refused:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
