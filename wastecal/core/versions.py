"""Which version of a row holds? Rows are never changed in place: a version begins and may end."""

from collections.abc import Iterable
from typing import Protocol, TypeVar


class Versioned(Protocol):
    """A row with the number of the Edit that made it and of the one that ended it, if any."""

    @property
    def edit(self) -> int: ...
    @property
    def ended_edit(self) -> int | None: ...


V = TypeVar("V", bound=Versioned)


def live(rows: Iterable[V]) -> tuple[V, ...]:
    """The versions that no Edit has ended."""
    return tuple(row for row in rows if row.ended_edit is None)


def newest(rows: Iterable[Versioned]) -> int:
    """The highest number of an Edit that made or ended one of the rows; 0 without rows."""
    return max((row.ended_edit or row.edit for row in rows), default=0)
