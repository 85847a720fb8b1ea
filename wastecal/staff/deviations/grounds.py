"""Which scope holds which other one? By the addresses that lie in both on a day."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from wastecal.core import scopes
from wastecal.core.register import Register
from wastecal.models import Address, ZoneMove
from wastecal.staff.deviations.closing import Ground


def ground(known: Register) -> Ground:
    found = _Reading()
    return Ground(found.covers, found.inside, tuple(row.code for row in known.live_containers))


@dataclass
class _Reading:
    """Asks the database for no more than the streets and addresses that are spoken of, each once."""

    members: dict[str, dict[str, str]] = field(default_factory=dict)
    moves: dict[str, list[tuple[date, str]]] | None = None

    def covers(self, wide: str, narrow: str, day: date) -> bool:
        if wide in (scopes.EVERYONE, narrow):
            return True
        if scopes.narrowness(wide) >= scopes.narrowness(narrow):
            return False
        rows = self._of(narrow)
        return bool(rows) and all(self._is_in(slug, wide, day) for slug in rows)

    def inside(self, one: str, other: str, day: date) -> Iterator[str]:
        narrow, wide = sorted((one, other), key=scopes.narrowness, reverse=True)
        if narrow.startswith("zone:"):
            return
        yield from (scopes.address(slug) for slug in self._of(narrow) if self._is_in(slug, wide, day))

    def _of(self, scope: str) -> dict[str, str]:
        """The live addresses of a street or the address itself, with the zones of their rows."""
        if scope not in self.members:
            kind, _, name = scope.partition(":")
            wanted = {"street_slug": name} if kind == "street" else {"slug": name}
            rows = Address.objects.filter(ended_edit=None, **wanted).order_by("slug")
            self.members[scope] = dict(rows.values_list("slug", "zone"))
        return self.members[scope]

    def _is_in(self, slug: str, scope: str, day: date) -> bool:
        kind, _, name = scope.partition(":")
        if kind == "zone":
            return self._zone(slug, day) == name
        if kind == "street":
            return slug in self._of(scope)
        return scope in (scopes.EVERYONE, scopes.address(slug))

    def _zone(self, slug: str, day: date) -> str:
        if self.moves is None:
            self.moves = {}
            rows = ZoneMove.objects.filter(ended_edit=None).order_by("valid_from", "edit")
            for address, valid_from, zone in rows.values_list("address", "valid_from", "zone"):
                self.moves.setdefault(address, []).append((valid_from, zone))
        own = next((rows[slug] for rows in self.members.values() if slug in rows), "")
        return next((zone for start, zone in reversed(self.moves.get(slug, [])) if start <= day), own)
