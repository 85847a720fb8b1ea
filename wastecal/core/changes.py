"""What would change? The difference between the rows there are and the rows there should be."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Changes:
    """Rows that begin, that end, and of these the pairs (old, new) that are one thing changed."""

    begun: tuple[Any, ...] = ()
    ended: tuple[Any, ...] = ()
    changed: tuple[tuple[Any, Any], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.begun or self.ended)

    @property
    def added(self) -> int:
        return len(self.begun) - len(self.changed)

    @property
    def removed(self) -> int:
        return len(self.ended) - len(self.changed)


def diff(old: Iterable[Any], new: Iterable[Any], identity: Callable[[Any], Hashable | None]) -> Changes:
    """The difference by content: versions, and the keys that we give ourselves, do not count.

    `identity` tells which old and new row are one thing changed; None where none is.
    """
    wanted = [(content(row), row) for row in new if row.ended_edit is None]
    spare = Counter(bare for bare, _ in wanted)
    ended = []
    for row in old:
        bare = content(row)
        if spare[bare]:
            spare[bare] -= 1
        else:
            ended.append(row)
    begun = []
    for bare, row in reversed(wanted):
        if spare[bare]:
            spare[bare] -= 1
            begun.append(row)
    begun.reverse()
    return Changes(tuple(begun), tuple(ended), _pairs(ended, begun, identity))


def diff_in_order(old: Sequence[Any], new: Sequence[Any]) -> Changes:
    """The difference where order counts: what follows the first difference ends and begins anew."""
    wanted = [row for row in new if row.ended_edit is None]
    same = 0
    while same < min(len(old), len(wanted)) and content(old[same]) == content(wanted[same]):
        same += 1
    return Changes(tuple(wanted[same:]), tuple(old[same:]))


def content(row: Any) -> Any:
    """What a row says, without its version and its key."""
    if hasattr(row, "key"):
        return replace(row, edit=0, ended_edit=None, key="")
    return replace(row, edit=0, ended_edit=None)


def _pairs(
    ended: Iterable[Any], begun: Iterable[Any], identity: Callable[[Any], Hashable | None]
) -> tuple[tuple[Any, Any], ...]:
    before: defaultdict[Hashable, list[Any]] = defaultdict(list)
    for row in ended:
        before[identity(row)].append(row)
    return tuple(
        (before[what].pop(), row) for row in begun if (what := identity(row)) is not None and before[what]
    )
