"""Which snapshot comes next? The serial, and the hash of the one before, go on whatever is lost.

Both the database and the folder know the last one; the higher serial is right. So neither a new folder
nor a database from yesterday's backup makes a snapshot that mirrors must refuse as rolled back.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from wastecal import models
from wastecal.publish import releases, signature
from wastecal.publish.manifest import SUMS
from wastecal.publish.refusal import Refused
from wastecal.publish.signature import FIRST, Snapshot


@dataclass(frozen=True, slots=True)
class Link:
    """A snapshot as the next one refers to it."""

    serial: int
    sums: str


def following(root: Path, now: datetime) -> Snapshot:
    """The snapshot that is published next in `root`."""
    last = max([Link(0, FIRST), *_in_database(), *_in_folder(root)], key=lambda link: link.serial)
    return Snapshot.at(now, last.serial + 1, last.sums)


def remember(snapshot: Snapshot, release: Path) -> None:
    """Keep in the database that this release is the newest, before it is swapped in."""
    fields = {"sums": signature.sha256(release / SUMS), "published": snapshot.published}
    models.Snapshot.objects.update_or_create(serial=snapshot.serial, defaults=fields)


def _in_database() -> list[Link]:
    newest = models.Snapshot.objects.order_by("-serial").first()
    return [Link(newest.serial, newest.sums)] if newest else []


def _in_folder(root: Path) -> list[Link]:
    links = []
    for release in releases.all_of(root)[-1:]:
        try:
            serial = signature.read(release).snapshot.serial
        except Refused:
            continue  # what cannot be read cannot be gone on from; publishing mends it
        links.append(Link(serial, signature.sha256(release / SUMS)))
    return links
