"""What is said of a container whose days are not known, and whom can one ask?"""

from django.utils.translation import gettext

from wastecal.core.answer import Candidate, Known, Standing
from wastecal.core.rows import Municipality
from wastecal.words import days
from wastecal.words.pickups import percent


def known(standing: Standing) -> str:
    """What is known of the container, in one sentence."""
    words = {
        "container": standing.container.name.said(days.language()).text,
        "interval": days.interval(standing.rrule, standing.rule.dates if standing.rule else ()),
    }
    if not standing.emptied:
        return gettext("%(container)s is not emptied here.") % words
    if standing.known is Known.KNOWN:
        return _emptied(words)
    if standing.known is Known.CANDIDATES:
        return _uncertain(words, standing.candidates)
    if words["interval"]:
        return gettext("%(container)s is emptied %(interval)s; the day is not known yet.") % words
    return gettext("The days for %(container)s are not known yet.") % words


def _emptied(words: dict[str, str]) -> str:
    if not words["interval"]:
        return gettext("%(container)s is emptied on the days below.") % words
    return gettext("%(container)s is emptied %(interval)s.") % words


def _uncertain(words: dict[str, str], candidates: tuple[Candidate, ...]) -> str:
    possible = likely(candidates)
    if words["interval"] and possible:
        words = {**words, "days": possible}
        return gettext("%(container)s is emptied %(interval)s; the day is uncertain: %(days)s.") % words
    if possible:
        words = {**words, "days": possible}
        return gettext("The day for %(container)s is uncertain: %(days)s.") % words
    return gettext("The days for %(container)s are not known yet.") % words


def likely(candidates: tuple[Candidate, ...]) -> str:
    """`tisdag 1 december (51 %) eller tisdag 8 december (44 %)`, likeliest first; "" without dates."""
    return days.either(
        [
            gettext("%(day)s (%(percent)s)")
            % {"day": days.day(candidate.next), "percent": percent(candidate.rule.probability or 0)}
            for candidate in candidates
            if candidate.next
        ]
    )


def ask(town: Municipality) -> str:
    """Whom to ask, in one sentence."""
    words = {"name": town.contact_name or town.name, "phone": town.contact_phone}
    if town.contact_phone:
        return gettext("Ask %(name)s, telephone %(phone)s.") % words
    return gettext("Ask %(name)s.") % words
