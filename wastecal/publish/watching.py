"""When is there something to publish? At every Edit, on every new day, and again where it failed."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import Error, connections

from wastecal import answers, surface
from wastecal.core.errors import NoAnswer
from wastecal.publish.publishing import Published, Publisher

EVERY = 1.0
"""Seconds between two looks at the counter of Edits."""
AGAIN = timedelta(minutes=1)
"""After a failure; until then the site stands as it was."""
RENEWED = timedelta(days=1)
"""The signature is renewed so often, whatever happens: it is valid for a week."""

State = tuple[int, date]


@dataclass(slots=True)
class Watch:
    """Publishes when it has to; says what it did, and what kept it from doing so."""

    publisher: Publisher
    say: Callable[[Published], None]
    complain: Callable[[str], None]
    _done: State | None = None
    _next: datetime | None = None

    def look(self, now: datetime) -> None:
        """Publish if there was an Edit or a new day began, or if it is time again."""
        try:
            state = _state()
            if state is None or (state == self._done and self._next and now < self._next):
                return
            if self._done is None and self._next and now < self._next:
                return
            self.say(self.publisher.publish(state[1], now))
            self._done, self._next = state, now + RENEWED
        except (Error, NoAnswer, OSError) as error:
            self._done, self._next = None, now + AGAIN
            connections.close_all()  # the database may be another when it is back
            self.complain(str(error))


def for_ever(watch: Watch, clock: Callable[[], datetime]) -> None:
    while True:
        watch.look(clock())
        time.sleep(EVERY)


def _state() -> State | None:
    town = answers.town()
    return (answers.newest_edit(), surface.today(town)) if town else None
