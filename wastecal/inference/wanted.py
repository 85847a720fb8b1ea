"""On which streets would one more record settle most?"""

from collections import defaultdict
from dataclasses import dataclass

from wastecal.inference.report import Item, Report


@dataclass(frozen=True, slots=True)
class Wanted:
    """A street on which one more record of a container would settle most: for how many addresses, and
    by how much the likeliest rule would gain."""

    scope: str
    container: str
    houses: int
    worth: float


def most_wanted(found: Report) -> tuple[Wanted, ...]:
    """Where one more record would settle most; of streets that belong together the one with most houses."""
    groups: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in (row for row in found.items if not row.confirmed):
        groups[item.zone or item.scope, item.container].append(item)
    wanted = []
    for (_, container), items in groups.items():
        houses = {item.scope: found.houses.get(item.scope, 1) for item in items}
        best = max(items, key=lambda item: (item.worth * houses[item.scope], item.scope))
        wanted.append(Wanted(best.scope, container, sum(houses.values()), best.worth))
    return tuple(sorted(wanted, key=lambda row: (-row.worth * row.houses, row.scope, row.container)))
