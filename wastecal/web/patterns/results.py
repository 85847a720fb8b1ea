"""What is shown of what was found: each container's pattern, how sure it is, and how it fits the page?"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import gettext, ngettext

from wastecal import inference, words
from wastecal.core import schedule, scopes
from wastecal.core.answer import Answer, Known, Standing
from wastecal.core.evidence import Evidence
from wastecal.core.pickup import Pickup, Status
from wastecal.core.reconstruction import Asked, Possibility, candidates, findings
from wastecal.core.reconstruction.candidates import Candidate
from wastecal.core.recurrence import Rule
from wastecal.core.schedule import Bearing
from wastecal.core.shifts import Shift
from wastecal.core.spans import Span
from wastecal.inference import Found
from wastecal.web import visits
from wastecal.web.visits import Box, Day

AHEAD = timedelta(weeks=10)
"""For how long the days of a pattern are shown."""
_COMPARED = timedelta(weeks=12)
_WORTH_TELLING, _MOST_OTHERS = 0.05, 3


class Fit(StrEnum):
    """How a pattern stands to what the page of the address says."""

    SAME = "same"
    MAYBE = "maybe"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Alternative:
    """A rule that could be right too, its next day, and how sure it is."""

    pattern: str
    next: str
    sure: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """What was found of one container, in words. `clear` where one rule is likely enough to be shown."""

    box: Box
    clear: bool
    main: Alternative
    meaning: str
    others: tuple[Alternative, ...]
    since: str
    fits: str
    against: tuple[str, ...]
    wanted: str
    tells: str
    page: Fit
    page_words: str


def patterns(answer: Answer, found: Found, coming: Sequence[Pickup]) -> tuple[Pattern, ...]:
    """Of each container of which anything was found, in their order; `coming` are `pickups` of all."""
    return tuple(
        _pattern(answer, standing, found, coming)
        for standing in (*answer.standings, *answer.optional)
        if standing.container.code in found.containers
    )


def untold(answer: Answer, found: Found) -> tuple[str, ...]:
    """The names of the containers of the address that nothing was found of."""
    return tuple(
        row.container.name.said(words.language()).text
        for row in answer.standings
        if row.emptied and row.container.code not in found.containers
    )


def pickups(answer: Answer, found: Found, policy: tuple[Shift, ...]) -> tuple[Pickup, ...]:
    """The coming ones of the patterns that are likely enough, moved for holidays, in order."""
    span = Span(answer.today, answer.today + AHEAD)
    coming = [
        pickup
        for code, asked in found.containers.items()
        for pickup in schedule.pickups(_bearing(answer, code, asked, policy), span)
    ]
    order = [row.container.code for row in (*answer.standings, *answer.optional)]
    return tuple(sorted(coming, key=lambda row: (row.date, order.index(row.container))))


def days(answer: Answer, coming: Iterable[Pickup]) -> tuple[Day, ...]:
    return tuple(_quiet(day) for day in visits.upcoming(answer, coming, answer.today))


def _quiet(day: Day) -> Day:
    """Without how sure each day is: that is said once of the pattern."""
    return replace(
        day,
        visits=tuple(
            visit if visit.preliminary else replace(visit, certainty="", unsure=False) for visit in day.visits
        ),
    )


def _bearing(answer: Answer, code: str, asked: Asked, policy: tuple[Shift, ...]) -> Bearing:
    stretch = asked.stretches[-1]
    rule = inference.rule(scopes.address(answer.place.slug), code, stretch, answer.today)
    return Bearing(code, answer.place, answer.town, (rule,), policy, ())


def _pattern(answer: Answer, standing: Standing, found: Found, coming: Sequence[Pickup]) -> Pattern:
    code = standing.container.code
    asked = found.containers[code]
    best, *rest = asked.possibilities
    others = [row for row in rest if row.probability >= _WORTH_TELLING][:_MOST_OTHERS]
    clear = best.probability >= answer.town.shown_from
    page, page_words = _page(answer, standing, asked.possibilities)
    return Pattern(
        box=visits.box(standing.container),
        clear=clear,
        main=_main(answer, best, [row for row in coming if row.container == code]),
        meaning=words.meaning(best.probability),
        others=tuple(_alternative(answer, row) for row in others),
        since=_since(answer, asked),
        fits=_fits(asked, code),
        against=tuple(_dates(row.date for row in asked.verdict.contradictions if row.container)),
        wanted=_wanted(found.wanted, code),
        tells=_tells(answer, asked) if best.probability < answer.town.certain_from else "",
        page=page,
        page_words=page_words,
    )


def _alternative(answer: Answer, row: Possibility) -> Alternative:
    following = row.candidate.first_from(answer.today)
    return Alternative(
        pattern=words.pattern(row.candidate.interval, following),
        next=words.day(following, year=answer.today.year),
        sure=words.of_hundred(row.probability),
    )


def _main(answer: Answer, row: Possibility, coming: Sequence[Pickup]) -> Alternative:
    """The likeliest rule; where its days are shown, with the first of these, which a holiday may move."""
    found = _alternative(answer, row)
    if not coming:
        return found
    following = words.day(coming[0].date, year=answer.today.year)
    return replace(found, next=following, sure=words.sureness(row.probability, answer.town))


def _since(answer: Answer, asked: Asked) -> str:
    """`Före 5 januari 2026 var det varannan tisdag.`, where the days tell of a change."""
    if len(asked.stretches) < 2 or asked.stretches[-1].start is None:
        return ""
    before, start = asked.stretches[-2].candidate, asked.stretches[-1].start
    said = {
        "day": words.day(start, year=0),
        "pattern": words.pattern(before.interval, before.first_from(start)),
    }
    return gettext("Until %(day)s it was %(pattern)s.") % said


def _fits(asked: Asked, code: str) -> str:
    """Of the days that name the container; one alone fits by itself."""
    fit = sum(row.container == code for row in asked.verdict.support)
    number = fit + sum(row.container == code for row in asked.verdict.contradictions)
    if number < 2:
        return ""
    return gettext("%(fit)d of your %(number)d days fit.") % {"fit": fit, "number": number}


def misfits(found: Found, own: Iterable[Evidence]) -> frozenset[date]:
    """The days that the pattern of their container does not explain, or, without one, none does."""
    against = [row for asked in found.containers.values() for row in asked.verdict.contradictions]
    return frozenset(row.date for row in against if row.container) | _unexplained(found, own)


def unexplained(found: Found, own: Iterable[Evidence]) -> tuple[str, ...]:
    """The days without a container that no container's pattern explains."""
    return tuple(_dates(_unexplained(found, own)))


def _unexplained(found: Found, own: Iterable[Evidence]) -> frozenset[date]:
    sets = [
        {row.date for row in asked.verdict.contradictions if not row.container}
        for asked in found.containers.values()
    ]
    nameless = frozenset(row.date for row in own if not row.container)
    return nameless.intersection(*sets) if sets else frozenset()


def _dates(found: Iterable[date]) -> Iterator[str]:
    return (words.day(day, year=0) for day in sorted(set(found)))


def _wanted(wanted: Mapping[str, int], code: str) -> str:
    if code not in wanted:
        return ""
    number = wanted[code]
    return ngettext(
        "With %(number)d more day of the same pattern it would be almost certain.",
        "With %(number)d more days of the same pattern it would be almost certain.",
        number,
    ) % {"number": number}


def _tells(answer: Answer, asked: Asked) -> str:
    """On which day of the coming weeks looking tells most."""
    first = findings.look_on(findings.tells(asked.present, answer.today + timedelta(days=1)))
    if first is None:
        return ""
    day = words.day(first, year=answer.today.year)
    return gettext("Look out on %(day)s: whether the truck comes then tells most.") % {"day": day}


def _page(answer: Answer, standing: Standing, possible: Sequence[Possibility]) -> tuple[Fit, str]:
    """Whether the days of the page are those of a pattern, and what the page says."""
    if not standing.emptied:
        return Fit.OTHER, words.known(standing)
    told = _told(answer, standing)
    if standing.known is not Known.KNOWN or not told:
        return Fit.UNKNOWN, words.known(standing)
    following = min(told)
    sentence = gettext("%(pattern)s, next on %(day)s") % {
        "pattern": _said(standing.rule, following),
        "day": words.day(following, year=answer.today.year),
    }
    same = [row for row in possible if _days_of(row.candidate, answer.today) == told]
    if same and same[0] is possible[0] and same[0].probability >= answer.town.shown_from:
        return Fit.SAME, sentence
    return (Fit.MAYBE if same and same[0].probability >= _WORTH_TELLING else Fit.OTHER), sentence


def _said(rule: Rule | None, following: date) -> str:
    """As patterns are said, where it is one that can be found."""
    weeks = candidates.interval_of(rule.rrule) if rule else None
    if weeks:
        return words.pattern(weeks, following)
    return words.frequency(rule) if rule else ""


def _told(answer: Answer, standing: Standing) -> set[date]:
    """The ordinary days of the page in the coming weeks."""
    pickups: Sequence[Pickup] = (*answer.pickups, *answer.optional_pickups)
    return {
        row.nominal
        for row in pickups
        if row.container == standing.container.code
        and row.status is not Status.ADDED
        and row.nominal
        and answer.today <= row.nominal < answer.today + _COMPARED
    }


def _days_of(rule: Candidate, today: date) -> set[date]:
    first = rule.first_from(today)
    number = ((today + _COMPARED) - first).days // rule.spacing + 1
    found = {first + timedelta(days=rule.spacing * place) for place in range(number)}
    return {day for day in found if day < today + _COMPARED}
