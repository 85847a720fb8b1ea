"""How is an answer said in words, in the active language?

Everything that a page, a feed or a command says of an Answer is worded here once. The functions
read no clock and no setting but the active language: equal answers give equal words.
"""

from wastecal.words.days import (
    away,
    begins_again,
    day,
    either,
    frequency,
    holiday,
    interval,
    language,
    listing,
    season,
    window,
)
from wastecal.words.patterns import meaning, of_hundred, pattern, sureness
from wastecal.words.pickups import (
    certainty,
    change,
    description,
    fractions,
    percent,
    put_out,
    reason,
    said_reason,
    status_line,
    summary,
)
from wastecal.words.places import calendar, houses, optional, place
from wastecal.words.problems import fault, problem
from wastecal.words.standings import ask, known, likely

__all__ = [
    "ask",
    "away",
    "begins_again",
    "calendar",
    "certainty",
    "change",
    "day",
    "description",
    "either",
    "fault",
    "fractions",
    "frequency",
    "holiday",
    "houses",
    "interval",
    "known",
    "language",
    "likely",
    "listing",
    "meaning",
    "of_hundred",
    "optional",
    "pattern",
    "percent",
    "place",
    "problem",
    "put_out",
    "reason",
    "said_reason",
    "season",
    "status_line",
    "summary",
    "sureness",
    "window",
]
