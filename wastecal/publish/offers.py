"""What does a server say that it has, and is that the publisher's word?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from wastecal.publish import copies, keys, signature
from wastecal.publish.keys import PUBLIC_NAME, PublicKey
from wastecal.publish.manifest import SIZES, SUMS
from wastecal.publish.refusal import Fault, Refused
from wastecal.publish.remote import Site
from wastecal.publish.signature import Signature

Used = TypeVar("Used")

_ROUNDS = 5
_LONGEST = 1000
"""Bytes of a signature or a key."""
_LONGEST_SIZE = 16
"""Bytes of a line of SIZES."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A signature file as a server gives it, genuine, and whose it is."""

    data: bytes
    signature: Signature
    key: PublicKey


def of(site: Site, trusted: Sequence[PublicKey]) -> Offer:
    data = site.read(signature.NAME, _LONGEST)
    found = signature.parse(data)
    return Offer(data, found, signature.check(found, trusted))


def steady(site: Site, trusted: Sequence[PublicKey], use: Callable[[Offer], Used]) -> Used:
    """What `use` makes of the offer; of a newer one where the site is published anew meanwhile."""
    offer = of(site, trusted)
    for _ in range(_ROUNDS):
        try:
            return use(offer)
        except Refused:
            last, offer = offer, of(site, trusted)
            if offer.data == last.data:
                raise
    raise Refused(Fault.MIXED, f"{site.url} changes faster than it can be taken; try again later.")


def shown_key(site: Site) -> PublicKey:
    """The key that the site itself shows: it proves that a copy is whole, not whose it is."""
    return keys.parse_public(shown_key_file(site).decode(errors="replace"), f"{site.url}: {PUBLIC_NAME}")


def shown_key_file(site: Site) -> bytes:
    return site.read(PUBLIC_NAME, _LONGEST)


def take_manifest(site: Site, folder: Path, offer: Offer) -> None:
    """Write what seals the offered release to `folder`, each file checked before the next is asked for."""
    folder.mkdir(exist_ok=True)
    (folder / signature.NAME).write_bytes(offer.data)
    (folder / PUBLIC_NAME).write_text(offer.key.text())
    with (folder / SUMS).open("w+b") as sink:
        site.take(SUMS, site.limits.manifest, sink)
    copies.is_of_its_manifest(folder, offer.signature, offer.key)
    with (folder / SIZES).open("w+b") as sink:
        site.take(SIZES, _LONGEST_SIZE * _lines(folder / SUMS), sink)


def _lines(file: Path) -> int:
    with file.open("rb") as source:
        return sum(block.count(b"\n") for block in iter(lambda: source.read(1 << 20), b""))
