"""How far has it come? A count on the terminal for what takes long; nothing in a pipe."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from wastecal.management import console

_QUIET_FOR = 2.0
_EVERY = 0.2


@dataclass(slots=True)
class Progress:
    """Counts; after two seconds shows the count on a terminal's stderr."""

    what: str
    count: int = 0
    _next: float = field(default_factory=lambda: time.monotonic() + _QUIET_FOR)
    _shown: bool = False

    def tick(self) -> None:
        self.count += 1
        if self.count % 1000 == 0:
            self._show()

    def add(self, more: int) -> None:
        """Count many at once."""
        self.count += more
        self._show()

    def _show(self) -> None:
        if time.monotonic() >= self._next and console.is_terminal():
            self._next = time.monotonic() + _EVERY
            self._shown = True
            sys.stderr.write(f"\r{self.count:,} {self.what}")
            sys.stderr.flush()

    @contextmanager
    def shown(self) -> Iterator[Callable[[], None]]:
        """What is to be called for each of them; the count is gone from the terminal afterwards."""
        try:
            yield self.tick
        finally:
            self.done()

    def done(self) -> None:
        if self._shown:
            sys.stderr.write("\r\033[K")
