"""What would be published now, as bytes by path, without writing a file?"""

from collections.abc import Iterable, Iterator

from wastecal import answers, surface
from wastecal.publish import changes, plan, site
from wastecal.publish.alike import Group
from wastecal.publish.assets import Asset
from wastecal.publish.edition import Edition
from wastecal.publish.pages import Page
from wastecal.publish.workers import Work


def edition(site: str = "https://holmby.example") -> Edition:
    everything = answers.everything()
    assert everything is not None
    return Edition.of(everything, surface.today(everything.town), site)


def paths(works: Iterable[Work]) -> Iterator[str]:
    """Of the files that they make; nothing is rendered."""
    for work in works:
        if isinstance(work, Group):
            yield from site.paths(work.members, work.forms)
        else:
            assert isinstance(work, Page | Asset)
            yield work.path


def files(now: Edition) -> dict[str, bytes]:
    return {path: body for work in plan.of(now, changes.ALL, ()).works for path, body in work.files()}
