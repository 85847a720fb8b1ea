"""How is a pattern said that was found in somebody's days, and how surely it is the right one?"""

from datetime import date

from django.utils import dateformat
from django.utils.translation import gettext

from wastecal.core.rows import Municipality

_FAIRLY = 0.8


def pattern(weeks: int, day: date) -> str:
    """`varannan torsdag`, of a rule of so many weeks one of whose days is `day`."""
    weekday = {"weekday": dateformat.format(day, "l"), "number": weeks}
    named = {
        1: gettext("every %(weekday)s"),
        2: gettext("every other %(weekday)s"),
        3: gettext("every third %(weekday)s"),
        4: gettext("every fourth %(weekday)s"),
        6: gettext("every sixth %(weekday)s"),
        8: gettext("every eighth %(weekday)s"),
    }
    return named.get(weeks, gettext("every %(number)d weeks on a %(weekday)s")) % weekday


def sureness(probability: float, town: Municipality) -> str:
    """`Ganska säkert: 93 av 100`, of a pattern that is likely enough to be shown; none is called 100."""
    of_hundred = {"number": hundred(probability)}
    if probability >= town.certain_from:
        return gettext("Almost certain: %(number)d in 100") % of_hundred
    if probability >= _FAIRLY:
        return gettext("Fairly certain: %(number)d in 100") % of_hundred
    return gettext("Likely: %(number)d in 100") % of_hundred


def of_hundred(probability: float) -> str:
    """`7 av 100`."""
    return gettext("%(number)d in 100") % {"number": hundred(probability)}


def meaning(probability: float) -> str:
    """What a number of a hundred means, by the one that stands on the page."""
    return gettext(
        "“%(number)d in 100” means: of a hundred patterns that we are so sure of, %(number)d are right."
    ) % {"number": hundred(probability)}


def hundred(probability: float) -> int:
    return min(max(round(probability * 100), 1), 99)
