"""How do several addresses become the bytes of one page? From values alone, as wastecal.web.page."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from wastecal import words
from wastecal.core import addresses, several
from wastecal.core.answer import Answer
from wastecal.core.options import Options
from wastecal.core.rows import Address
from wastecal.core.several import Gathered
from wastecal.search import Found, Street
from wastecal.web import links, visits
from wastecal.web.frames import Frame, Link, moment, render
from wastecal.web.several import days, sheet
from wastecal.web.several.days import Day
from wastecal.web.subscribing import offers

SOON = timedelta(days=90)
"""Days that stand open on the page; the later ones are folded away."""
NOTHING = Gathered((), (), (), ())


def page(
    frame: Frame, found: Gathered = NOTHING, typed: str = "", hits: Found[Address] | None = None
) -> bytes:
    """The page of several addresses; `hits` are what was found for what was typed, where it is not one."""
    houses = words.houses(found.answers)
    kept = (*found.slugs, *found.unknown, *found.over)
    return render(
        "several/several",
        frame,
        kept=kept,
        query=typed,
        most=several.MOST,
        rows=[_row(frame, answer, kept) for answer in found.answers],
        unknown=[_without(slug, kept, slug) for slug in found.unknown],
        over=[_without(slug, kept, slug) for slug in found.over],
        repeated=[_named(slug, found) for slug in dict.fromkeys(found.repeated)],
        hits=[_with(row, kept) for row in hits.addresses] if hits else [],
        suggestions=[_search(street, kept) for street in hits.suggestions] if hits else [],
        found=hits.kind.value if hits else "",
        boxes=_boxes(found.answers),
        **_days(frame, found.answers, houses),
        sheet=sheet.of(found.answers, houses, frame.today),
        put_out=words.put_out(frame.town),
        updated=_updated(frame, found.answers),
        **_calendar(frame, found),
    )


def url(slugs: Iterable[str]) -> str:
    """The page of these addresses."""
    query = several.query(slugs)
    return reverse("several") + (f"?{query}" if query else "")


def _row(frame: Frame, answer: Answer, kept: tuple[str, ...]) -> dict[str, Any]:
    coming = visits.upcoming(answer, answer.pickups, frame.today)
    return {
        "link": Link(links.of_place(answer), words.place(answer)),
        "next": visits.next_of(coming, frame.today),
        "without": _without(answer.place.slug, kept, words.place(answer)),
    }


def _without(slug: str, kept: tuple[str, ...], text: str) -> Link:
    return Link(url(other for other in kept if other != slug), text)


def _with(row: Address, kept: tuple[str, ...]) -> Link:
    label = addresses.label(row.street, row.number, row.letter, row.postcode, row.locality)
    return Link(url([*kept, row.slug]), label)


def _search(street: Street, kept: tuple[str, ...]) -> Link:
    """A street of another spelling: the same search with it."""
    name = ", ".join(reversed(street))
    asked = [*((several.PARAMETER, slug) for slug in kept), ("q", name)]
    return Link(f"{reverse('several')}?{urlencode(asked, safe='/')}", name)


def _named(slug: str, found: Gathered) -> str:
    return next((words.place(answer) for answer in found.answers if answer.place.slug == slug), slug)


def _boxes(answers: Iterable[Answer]) -> list[visits.Box]:
    """The containers of all, each drawn once."""
    found = {row.container.code: row.container for answer in answers for row in answer.standings}
    return [visits.box(container) for container in found.values()]


def _days(frame: Frame, answers: Sequence[Answer], houses: Sequence[str]) -> dict[str, Sequence[Day]]:
    coming = days.together(answers, houses, frame.today)
    soon = sum(day.first <= frame.today + SOON for day in coming)
    return {"days_soon": coming[:soon], "days_later": coming[soon:]}


def _updated(frame: Frame, answers: Iterable[Answer]) -> str:
    times = [answer.updated for answer in answers if answer.updated]
    return moment(max(times), frame.town) if times else ""


def _calendar(frame: Frame, found: Gathered) -> dict[str, str]:
    if not found.answers:
        return {}
    feed = offers.url(offers.of_several(found), frame.site, Options(), words.language())
    return {
        "feed": feed,
        "feed_subscribe": links.webcal(feed),
        "subscribe_url": f"{reverse('several_subscribe')}?{several.query(found.slugs)}",
    }
