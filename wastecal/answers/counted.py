"""How many addresses of each street belong to each zone on a day?"""

from collections import Counter, defaultdict
from datetime import date

from django.db.models import Count

from wastecal import models

_BATCH = 500


def by_street(day: date) -> dict[str, Counter[str]]:
    """The numbers of live addresses by the slug of their street and their zone; "" stands for no zone."""
    rows = models.Address.objects.filter(ended_edit=None).order_by()
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for street, zone, count in rows.values_list("street_slug", "zone").annotate(count=Count("pk")):
        found[street][zone] = count
    moves = models.ZoneMove.objects.filter(ended_edit=None, valid_from__lte=day)
    moved = dict(moves.order_by("valid_from", "edit").values_list("address", "zone"))
    slugs = list(moved)
    for start in range(0, len(slugs), _BATCH):
        there = rows.filter(slug__in=slugs[start : start + _BATCH])
        for street, slug, zone in there.values_list("street_slug", "slug", "zone"):
            found[street][zone] -= 1
            found[street][moved[slug]] += 1
    return {street: +zones for street, zones in found.items()}
