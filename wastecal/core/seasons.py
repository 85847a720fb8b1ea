"""When is a container whose season is over emptied again?"""

from collections.abc import Iterable
from datetime import date, timedelta

from wastecal.core import recurrence
from wastecal.core.pickup import Pickup
from wastecal.core.recurrence import Rule, Season
from wastecal.core.spans import Span

_FAR = timedelta(days=5 * 366)
"""How far ahead a rule is asked whose pickups are not known so far."""


def begins(rule: Rule | None, pickups: Iterable[Pickup], today: date) -> date | None:
    """The day on which the season of `rule` begins, if it is off season between `today` and then.

    `pickups` are those of the container that are known, later ones are the rule's own. None in the
    season, for a rule without one, and where none follows.
    """
    if rule is None or rule.season is None:
        return None
    ahead = (pickup.date for pickup in pickups if pickup.comes and pickup.date >= today)
    day = min(ahead, default=None) or _beyond(rule, today)
    return day if day and _is_off(rule.season, today, day) else None


def _beyond(rule: Rule, today: date) -> date | None:
    return next(iter(recurrence.expand(rule, Span(today, today + _FAR))), None)


def _is_off(season: Season, today: date, day: date) -> bool:
    """Whether any day from today until that day lies in a week outside the season."""
    return any(today + timedelta(days=ahead) not in season for ahead in range((day - today).days))
