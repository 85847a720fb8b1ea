"""A mirror that is run once, or refuses."""

from datetime import datetime
from pathlib import Path

import pytest

from tests.publish import sites
from tests.publish.servers import Server
from tests.publish.sites import NOW, TRUSTED
from wastecal.publish import mirroring
from wastecal.publish.mirroring import Mirrored
from wastecal.publish.refusal import Refused
from wastecal.publish.remote import Limits, Site

PATIENT = Limits()


def mirror(server: Server, root: Path, now: datetime = NOW, limits: Limits = PATIENT) -> Mirrored:
    with Site(server.url, limits) as site:
        return mirroring.mirror(site, root, TRUSTED, now)


def repair(server: Server, root: Path) -> Mirrored:
    with Site(server.url) as site:
        return mirroring.repair(site, root, TRUSTED, NOW)


def refuses(server: Server, root: Path, said: str, now: datetime = NOW, limits: Limits = PATIENT) -> None:
    """What is refused changes nothing that is read."""
    before = sites.files_of(root / "current")
    with pytest.raises(Refused, match=f"^{said}"):
        mirror(server, root, now, limits)
    assert sites.files_of(root / "current") == before
