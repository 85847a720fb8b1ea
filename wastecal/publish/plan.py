"""Which files of an edition must be rendered, and which stay as they are in the release before?"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from wastecal.answers import Named
from wastecal.publish import alike, assets, changes, pages, site
from wastecal.publish.changes import Changes
from wastecal.publish.edition import Edition
from wastecal.publish.site import Form
from wastecal.publish.workers import Work
from wastecal.publish.writer import PACKED


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be rendered, and the paths of what is kept (without the packed files beside them)."""

    works: tuple[Work, ...]
    kept: tuple[str, ...]


def of(edition: Edition, changed: Changes, there: Collection[str]) -> Plan:
    """The plan for an edition where `there` are the paths of the release before.

    Should one be missing that ought to be kept, all is rendered anew.
    """
    works: list[Work] = [*assets.static()]
    kept: list[str] = []
    forms = site.forms(edition)
    known = edition.everything
    for places, wanted in ((known.addresses, forms), (known.zone_places, site.for_zones(forms))):
        works += _rendered(edition, changed, places, wanted)
        kept += _kept(edition, changed, places, wanted)
    for page in {each.path: each for each in pages.pages(edition)}.values():
        if changed.of_page(page):
            works.append(page)
        else:
            kept.append(page.path)
    for found, again, begins in (
        (assets.data, changed.edit, assets.data_paths()),
        (partial(pages.listings, edition), changed.everything or changed.addresses, pages.LISTINGS),
    ):
        old = () if again else _beginning(there, begins)
        works += () if old else found()
        kept += old
    if changed.everything or all(path in there for path in kept):
        return Plan(tuple(works), tuple(kept))
    return of(edition, changes.ALL, there)


def _beginning(paths: Iterable[str], words: tuple[str, ...]) -> list[str]:
    """The paths that begin with one of the words, without the packed files beside them."""
    return [path for path in paths if path.startswith(words) and not path.endswith(PACKED)]


def _rendered(
    edition: Edition, changed: Changes, places: Iterable[Named], forms: Sequence[Form]
) -> Iterator[Work]:
    again = [form for form in forms if changed.of_form(form)]
    touched = [named for named in places if changed.of_place(named.place, edition.everything)]
    yield from alike.groups(edition, touched, forms)
    if again:
        yield from alike.groups(edition, _others(edition, changed, places), again)


def _kept(
    edition: Edition, changed: Changes, places: Iterable[Named], forms: Iterable[Form]
) -> Iterator[str]:
    same = [form for form in forms if not changed.of_form(form)]
    return site.paths(_others(edition, changed, places), same)


def _others(edition: Edition, changed: Changes, places: Iterable[Named]) -> list[Named]:
    return [named for named in places if not changed.of_place(named.place, edition.everything)]
