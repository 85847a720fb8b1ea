"""Which of the rules found do the staff hold for wrong, with no evidence since that says more?"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from django.db.models import Max

from wastecal import models, unpublished
from wastecal.core import scopes
from wastecal.core.evidence import Evidence
from wastecal.core.reconstruction.candidates import Candidate
from wastecal.inference.report import Item, Report
from wastecal.models import Rejection

Rejections = Mapping[tuple[str, str, str, Candidate], Rejection]
"""The rejections that stand, by scope, part, container and candidate."""


def rejections(found: Report) -> Rejections:
    """Those that stand beside what was found: nothing has been seen since on the streets they are about."""
    rows = unpublished.rejections()
    seen = newest(found.homes) if rows else {}
    return {
        (row.scope, row.part, row.container, Candidate(row.interval, row.phase)): row
        for row in reversed(rows)
        if seen.get(_place(row.scope), 0) <= row.newest
    }


def key(item: Item, candidate: Candidate) -> tuple[str, str, str, Candidate]:
    return item.scope, str(item.part or ""), item.container, candidate


def is_rejected(item: Item, known: Rejections) -> bool:
    """Whether its likeliest rule is held for wrong."""
    return bool(item.possibilities) and key(item, item.possibilities[0].candidate) in known


def newest(homes: Mapping[str, str]) -> dict[str, int]:
    """The key of the newest record on each street, and in each zone."""
    found: dict[str, int] = defaultdict(int)
    rows = models.Evidence.objects.values_list("locality", "street").annotate(newest=Max("pk")).order_by()
    for locality, name, last in rows:
        slug = Evidence(date.min, locality, name).street_slug
        zone = [scopes.zone(homes[slug])] if slug in homes else []
        for scope in (scopes.street(slug), *zone):
            found[scope] = max(found[scope], last)
    return found


def _place(scope: str) -> str:
    """The scope whose records count: of an address those of its street."""
    kind, _sep, name = scope.partition(":")
    return scopes.street(name.rpartition("/")[0]) if kind == "address" else scope
