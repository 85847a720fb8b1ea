"""How does an answer become the bytes of a page?

Each function renders one page in the active language from values alone, so that the live site and
whoever writes files from the same values make the same bytes.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext

from wastecal import words
from wastecal.answers import Street
from wastecal.core import addresses
from wastecal.core.answer import Answer, Known
from wastecal.core.options import Options
from wastecal.core.rows import Address
from wastecal.search import Found, Kind
from wastecal.web import links, months, visits
from wastecal.web.frames import Frame, Link, moment, render
from wastecal.web.sightings import page as seen
from wastecal.web.subscribing import offers
from wastecal.web.years import page as years

MONTHS_SHOWN = 3
GRIDS_SHOWN = 4
"""Months that stand open on the page of a place, as a list and as grids; later ones are folded away."""
SEEN_AT_ONCE = 12
"""So many streets are one list; more are parted by their first letters."""


def start(frame: Frame) -> bytes:
    return render("start", frame, query="")


def results(frame: Frame, query: str, found: Found[Address], near: Sequence[Answer] = ()) -> bytes:
    """The results of a search; `near` are the answers of neighbours where the number does not exist."""
    return render("results", frame, query=query, **_found(frame, found, near))


def not_found(frame: Frame, query: str, found: Found[Address], near: Sequence[Answer] = ()) -> bytes:
    """The page for a wrong URL; `near` as in `results`."""
    return render("not_found", frame, query=query, indexed=False, **_found(frame, found, near))


def localities(frame: Frame, rows: Iterable[tuple[str, str, int]]) -> bytes:
    links = [Link(reverse("locality", args=[slug]), name, count) for slug, name, count in rows]
    return render("localities", frame, links=links)


def locality(frame: Frame, streets: Sequence[Street]) -> bytes:
    links = [_street_link(street) for street in streets]
    letters = [
        (letter, list(group)) for letter, group in groupby(links, key=lambda link: link.text[:1].upper())
    ]
    if len(links) <= SEEN_AT_ONCE:
        letters = []
    trail = [Link(reverse("localities"), gettext("All addresses"))]
    return render("locality", frame, locality=streets[0].locality, letters=letters, links=links, trail=trail)


def street(frame: Frame, rows: Sequence[Address]) -> bytes:
    first = rows[0]
    links = [Link(_address_url(row.slug), f"{row.number}{row.letter}" or row.street) for row in rows]
    trail = [
        Link(reverse("localities"), gettext("All addresses")),
        Link(reverse("locality", args=[first.slug.split("/")[0]]), first.locality),
    ]
    return render("street", frame, street=first.street, locality=first.locality, trail=trail, links=links)


def place(frame: Frame, answer: Answer, beside: Iterable[Address] = ()) -> bytes:
    """The page of an address or of a zone; `beside` are houses of the other kind at the same number."""
    return render("place", frame, beside=[_address_link(row) for row in beside], **_place(frame, answer))


def _place(frame: Frame, answer: Answer) -> dict[str, Any]:
    today = frame.today
    days = visits.upcoming(answer, answer.pickups, today)
    own = [visits.schedule(answer, standing, today) for standing in answer.standings]
    coming = visits.next_of(days, today)
    changed = visits.deviations(answer, answer.pickups, today)
    listed = visits.months(days)
    grids = months.ahead(today, days)
    messages = visits.messages(answer, today)
    return {
        **_heading(answer),
        "notices": messages,
        "shown_now": any(message.now for message in messages),
        "urgent": visits.urgent(changed, coming),
        "deviations": visits.later(changed, coming),
        "next": coming,
        "months": listed,
        "months_soon": listed[:MONTHS_SHOWN],
        "months_later": listed[MONTHS_SHOWN:],
        "signs": [months.sign(visits.box(row.container)) for row in answer.standings],
        "grids_soon": grids[:GRIDS_SHOWN],
        "grids_later": grids[GRIDS_SHOWN:],
        "last_month": listed[-1].words if listed else "",
        "confirmed": any(visit.confirmed for day in days for visit in day.visits),
        "ask": words.ask(frame.town),
        "boxes": [visits.box(row.container) for row in (*answer.standings, *answer.optional)],
        "known": [row for row in own if row.known],
        "unknown": [row for row in own if not row.known],
        "asks": any(row.known is not Known.KNOWN and row.emptied for row in answer.standings),
        "has_containers": bool(own),
        "optional": [visits.schedule(answer, standing, today) for standing in answer.optional],
        "optional_months": visits.months(visits.upcoming(answer, answer.optional_pickups, today)),
        "years": [Link(years.url(answer, year), str(year)) for year in (today.year, today.year + 1)],
        "put_out": words.put_out(frame.town),
        "latest": visits.latest(answer, today),
        "seen_url": seen.url(answer) if seen.concerns(answer) else "",
        "sms_url": links.of_place(answer, "sms") if own and answer.place.address else "",
        "updated": moment(answer.updated, frame.town),
        **_subscriptions(frame, answer),
    }


def _heading(answer: Answer) -> dict[str, Any]:
    row = answer.place.address
    if row is None:
        return {"is_zone": True, "heading": answer.zone_name or answer.place.zone}
    label = addresses.label(row.street, row.number, row.letter, row.postcode, row.locality)
    house, _, town = label.partition(", ")
    street = answer.place.street.split("/")  # by its present name; the slug may keep an older one
    return {
        "is_zone": False,
        "slug": answer.place.slug,
        "kind": row.kind,
        "heading": house,
        "subheading": town,
        "zone_link": _zone_link(answer),
        "trail": [
            Link(reverse("localities"), gettext("All addresses")),
            Link(reverse("locality", args=street[:1]), row.locality),
            Link(reverse("street", args=street), row.street),
        ],
    }


def _zone_link(answer: Answer) -> Link | None:
    if not answer.zone:
        return None
    return Link(reverse("zone", args=[answer.zone]), answer.zone_name or answer.zone)


def _subscriptions(frame: Frame, answer: Answer) -> dict[str, str]:
    feed = offers.url(offers.of_place(answer), frame.site, Options(), words.language())
    return {
        "feed": feed,
        "feed_subscribe": links.webcal(feed),
        "subscribe_url": links.of_place(answer, "subscribe"),
    }


def _found(frame: Frame, found: Found[Address], near: Sequence[Answer] = ()) -> dict[str, Any]:
    told = {answer.place.slug for answer in near}
    return {
        "found": found.kind.value if found.kind is not Kind.ONE else Kind.SEVERAL.value,
        "hits": [_address_link(row) for row in found.addresses if row.slug not in told],
        "more": found.more,
        "street": ", ".join(reversed(found.street)) if found.street else "",
        "suggestions": [Link(_search_url(pair), ", ".join(reversed(pair))) for pair in found.suggestions],
        "neighbours": [_neighbour(frame, answer) for answer in near],
    }


def _neighbour(frame: Frame, answer: Answer) -> dict[str, Any]:
    days = visits.upcoming(answer, answer.pickups, frame.today)
    link = Link(_address_url(answer.place.slug), "")
    row = answer.place.address
    label = f"{row.street} {row.number}{row.letter}" if row else ""
    return {"url": link.url, "label": label, "next": visits.next_of(days, frame.today)}


def _address_link(row: Address) -> Link:
    label = addresses.label(row.street, row.number, row.letter, row.postcode, row.locality)
    return Link(_address_url(row.slug), label)


def _street_link(street: Street) -> Link:
    return Link(reverse("street", args=street.slug.split("/")), street.name, street.addresses)


def _search_url(street: tuple[str, str]) -> str:
    """A street of another spelling: the search for it, which knows its numbers too."""
    return f"{reverse('start')}?{urlencode({'q': ', '.join(reversed(street))})}"


def _address_url(slug: str) -> str:
    return reverse("address", args=slug.split("/"))
