"""What does one say on the phone? The same answer as everywhere, in sentences to be read aloud."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.utils.translation import gettext

from wastecal import words
from wastecal.core.answer import Answer, Known
from wastecal.web import visits
from wastecal.web.visits import Change, Day, Visit


def sentences(answer: Answer, today: date) -> tuple[str, ...]:
    """`Nästa tömning på Lyckans väg 20 är torsdag 26 november: Kärl 1 och Kärl 2.`, and what else matters."""
    days = visits.upcoming(answer, answer.pickups, today)
    coming = visits.next_of(days, today)
    changed = visits.deviations(answer, answer.pickups, today)
    said = [_waits(day) for day in visits.urgent(changed, coming)]
    if coming:
        said.append(_next(answer, coming, today))
        said += _remarks(coming.visits)
        said.append(words.put_out(answer.town))
    said += [words.known(row) for row in answer.standings if row.known is not Known.KNOWN]
    if not answer.standings:
        said.append(gettext("We have no containers for this address: ask the association or the landlord."))
    elif not coming and not any(row.known is not Known.KNOWN for row in answer.standings):
        said.append(gettext("No collection is planned at %(house)s.") % {"house": house(answer)})
    return tuple(dict.fromkeys(filter(None, said)))


def house(answer: Answer) -> str:
    """Street and number, as one says them."""
    return words.place(answer).partition(",")[0]


def _next(answer: Answer, coming: Day, today: date) -> str:
    said = {
        "house": house(answer),
        "day": _near(coming, today),
        "containers": words.listing(dict.fromkeys(visit.box.name.text for visit in coming.visits)),
    }
    return gettext("The next collection at %(house)s is %(day)s: %(containers)s.") % said


def _near(coming: Day, today: date) -> str:
    """The day; today and tomorrow are said to be so."""
    if coming.first != coming.last:
        return coming.words
    if coming.first == today:
        return gettext("today, %(day)s") % {"day": coming.words}
    if coming.first == today + timedelta(days=1):
        return gettext("tomorrow, %(day)s") % {"day": coming.words}
    return coming.words


def _remarks(coming: tuple[Visit, ...]) -> Iterator[str]:
    """What became of the ordinary day, and how sure it is, where that is not plain."""
    yield from _alike((_changed(change), visit) for visit in coming for change in visit.changes)
    yield from _alike(
        (f"{_begun_low(visit.certainty)}.", visit)
        for visit in coming
        if visit.certainty and not visit.confirmed
    )


def _waits(day: Day) -> str:
    """A collection that does not come on its day."""
    parts = _alike((_changed(change), visit) for visit in day.visits for change in visit.changes)
    return f"{day.words[:1].upper()}{day.words[1:]}: {' '.join(parts)}"


def _alike(said: Iterable[tuple[str, Visit]]) -> Iterator[str]:
    """`Kärl 1 och Kärl 2: inställd.`: what is the same for several containers is said once."""
    names: dict[str, list[str]] = {}
    for text, visit in said:
        names.setdefault(text, []).append(visit.box.name.text)
    yield from (f"{words.listing(dict.fromkeys(found))}: {text}" for text, found in names.items())


def _changed(change: Change) -> str:
    return f"{_begun_low(change.words)}.{_why(change)}"


def _why(change: Change) -> str:
    """Why, in a sentence of its own, after a space."""
    text = change.reason.text.rstrip(".")
    return " " + gettext("The reason: %(why)s.") % {"why": text} if text else ""


def _begun_low(text: str) -> str:
    return text[:1].lower() + text[1:]
