"""How do the Answers for several addresses become one calendar?"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wastecal import words
from wastecal.core import ics
from wastecal.core.answer import Answer
from wastecal.core.ics import Calendar, Event, Share
from wastecal.core.options import Options
from wastecal.core.pickup import Pickup
from wastecal.core.several import Gathered
from wastecal.feeds import calendar


def render(
    found: Gathered, options: Options, *, lang: str, page: str, source: str, pages: Mapping[str, str]
) -> bytes:
    """One feed with the events of all: `pages` are the URLs of the addresses' own pages by slug."""
    about = Calendar(
        name=_("Waste collection, %(place)s") % {"place": _addresses(len(found.answers))},
        description=_description(found),
        lang=lang,
        url=page,
        source=source,
        location="",
        reminder=options.reminder,
    )
    houses = words.houses(found.answers)
    shares = [
        _share(answer, house, options, lang, pages[answer.place.slug])
        for answer, house in zip(found.answers, houses, strict=True)
    ]
    return ics.render_together(
        shares, about, lambda day: _alarm(day, lang, dict(zip(found.slugs, houses, strict=True)))
    )


def _addresses(number: int) -> str:
    return ngettext("%(number)s address", "%(number)s addresses", number) % {"number": number}


def _description(found: Gathered) -> str:
    lines = [words.calendar(answer) for answer in found.answers]
    lines += [_("There is no address %(slug)s here any more.") % {"slug": slug} for slug in found.unknown]
    return "\n".join(lines)


def _share(answer: Answer, house: str, options: Options, lang: str, url: str) -> Share:
    """The same events as in the address's own feed, but for the address behind each title."""
    own = calendar.wording(answer, lang)

    def summary(pickup: Pickup) -> str:
        return _("%(title)s, %(house)s") % {"title": own.summary(pickup), "house": house}

    said = replace(own, summary=summary)
    return Share(answer, calendar.pickups(answer, options), said, words.place(answer), url)


def _alarm(day: Sequence[Event], lang: str, houses: Mapping[str, str]) -> str:
    """`Ställ ut: Kärl 1 och Kärl 2 (Storgatan 1 och Storgatan 2) och Kärl 1 (Ängavägen 4)`."""
    at: dict[str, dict[str, None]] = {}
    for event in day:
        answer = event.share.answer
        name = answer.container(event.pickup.container).name.said(lang).text
        at.setdefault(houses[answer.place.slug], {})[name] = None
    by_names: dict[tuple[str, ...], list[str]] = {}
    for house, names in at.items():
        by_names.setdefault(tuple(names), []).append(house)
    parts = (
        _("%(containers)s (%(places)s)")
        % {"containers": words.listing(names), "places": words.listing(places)}
        for names, places in by_names.items()
    )
    return _("Put out: %(containers)s") % {"containers": words.listing(parts)}
