"""How does an Answer become a calendar in a language?"""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from wastecal import words
from wastecal.core import ics
from wastecal.core.answer import Answer
from wastecal.core.ics import Calendar, Words
from wastecal.core.options import Options
from wastecal.core.pickup import Pickup


def render(answer: Answer, options: Options, *, lang: str, page: str, source: str) -> bytes:
    """The feed: `page` is the URL of the page for people, `source` the feed's own."""
    name = words.place(answer)
    calendar = Calendar(
        name=_("Waste collection, %(place)s") % {"place": name},
        description=words.calendar(answer),
        lang=lang,
        url=page,
        source=source,
        location=name,
        reminder=options.reminder,
    )
    return ics.render(answer, pickups(answer, options), calendar, wording(answer, lang))


def pickups(answer: Answer, options: Options) -> tuple[Pickup, ...]:
    """The place's own pickups, or those of the wanted containers, optional ones too."""
    if not options.containers:
        return answer.pickups
    found = (*answer.pickups, *answer.optional_pickups)
    wanted = [pickup for pickup in found if pickup.container in options.containers]
    return tuple(sorted(wanted, key=lambda pickup: pickup.date))


def wording(answer: Answer, lang: str) -> Words:
    """What the events of an address say."""

    def name(pickup: Pickup) -> str:
        return answer.container(pickup.container).name.said(lang).text

    def alarm(day: Sequence[Pickup]) -> str:
        return _("Put out: %(containers)s") % {"containers": words.listing(dict.fromkeys(map(name, day)))}

    return Words(
        summary=lambda pickup: words.summary(name(pickup), pickup),
        description=lambda pickup: words.description(answer, pickup),
        alarm=alarm,
        categories=_("Waste collection"),
    )
