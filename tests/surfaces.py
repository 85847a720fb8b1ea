"""What does each surface say? Page, feed, JSON and command line read as the same kind of facts."""

import io
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django.core.management import call_command
from django.test import Client
from icalendar import Calendar
from lxml import html

from wastecal import answers
from wastecal.core import addresses

Said = dict[tuple[date, str, bool], frozenset[str]]
"""By the (first) day, the container and whether the truck comes: what became of the ordinary day."""

Told = tuple[date, date, str, bool, frozenset[str]]

_CHANGES = {
    "sv": {"Flyttad från": "moved", "Försenad": "delayed", "Inställd": "cancelled", "Extra": "added"},
    "en": {"Moved from": "moved", "Delayed": "delayed", "Cancelled": "cancelled", "Extra": "added"},
}
_STATUSES = {"planned": "", "shifted": "moved"}
_TITLE = re.compile(r"(?:(?:Inställd|Försenad|Cancelled|Delayed): )?(.*?)(?: töms| collection)?")


def prefix(lang: str) -> str:
    return "" if lang == "sv" else f"/{lang}"


def of_page(client: Client, slug: str, lang: str) -> Said:
    page = html.fromstring(client.get(f"{prefix(lang)}/adress/{slug}/").content)
    return _gathered(_page_rows(page, lang))


def _page_rows(page: html.HtmlElement, lang: str) -> Iterator[Told]:
    for day in page.find_class("day"):
        first = date.fromisoformat(day.xpath("./time/@datetime")[0])
        for visit in day.find_class("visit"):
            name = _text(visit.find_class("visit-name")[0])
            said = _changes("\n".join(map(_text, visit.find_class("change"))), lang)
            yield first, first, name, "is-off" not in visit.classes, said


def _text(node: html.HtmlElement) -> str:
    return " ".join(node.text_content().split())


def of_feed(client: Client, slug: str, lang: str, today: date) -> Said:
    codes = ",".join(sorted(answers.container_codes()))
    feed = client.get(f"{prefix(lang)}/adress/{slug}.ics?karl={codes}").content
    unfolded = feed.replace(b"\r\n ", b"").replace(slug.encode(), b"a/b/1").replace(ics_name(slug), b"A")
    return _gathered(row for row in _feed_rows(unfolded, lang) if row[1] >= today)


def ics_name(slug: str) -> bytes:
    return _label(slug).replace(",", "\\,").encode()


@lru_cache
def _feed_rows(feed: bytes, lang: str) -> tuple[Told, ...]:
    """Kept, for the feeds of a whole zone are the same but for the names of the addresses."""
    return tuple(_events(feed, lang))


def _events(feed: bytes, lang: str) -> Iterator[Told]:
    for event in Calendar.from_ical(feed).walk("VEVENT"):
        title = _TITLE.fullmatch(str(event["SUMMARY"]))
        name = title[1] if title else ""
        last = event.decoded("DTEND") - timedelta(days=1)
        comes = event["STATUS"] != "CANCELLED"
        yield event.decoded("DTSTART"), last, name, comes, _changes(str(event["DESCRIPTION"]), lang)


def of_json(client: Client, slug: str, lang: str, today: date) -> Said:
    found = client.get(f"{prefix(lang)}/adress/{slug}.json").json()
    return _gathered(row for row in _json_rows(found) if row[1] >= today)


def of_command(slug: str, lang: str, today: date, form: str = "json") -> Said:
    said = text_of_command(slug, lang, today, form)
    rows = _json_rows(json.loads(said)) if form == "json" else _text_rows(said, lang)
    return _gathered(row for row in rows if row[1] >= today)


def text_of_command(slug: str, lang: str, today: date, form: str = "text") -> str:
    out = io.StringIO()
    asked = {"today": today, "language": lang, "format": form, "start": None, "stop": None, "as_of": None}
    call_command("pickups", _label(slug), stdout=out, **asked)
    return out.getvalue()


def _label(slug: str) -> str:
    found = answers.for_address(slug, date(2026, 1, 1))
    assert found is not None
    row = found.place.address
    assert row is not None
    return addresses.label(row.street, row.number, row.letter, row.postcode, row.locality)


def _json_rows(found: dict[str, Any]) -> Iterator[Told]:
    for row in (*found["pickups"], *found["optional"]["pickups"]):
        first = date.fromisoformat(row["date"])
        last = date.fromisoformat(row["date_until"] or row["date"])
        status = _STATUSES.get(row["status"], row["status"])
        yield first, last, row["name"], status not in ("cancelled", "delayed"), frozenset({status} - {""})


def _text_rows(text: str, lang: str) -> Iterator[Told]:
    for line in text.splitlines():
        if re.match(r"\d{4}-\d\d-\d\d  ", line):
            day, _, name, *told = line.split("  ")
            changes = _changes("\n".join(told), lang)
            first = date.fromisoformat(day)
            yield first, first, name, not changes & {"cancelled", "delayed"}, changes


def _changes(text: str, lang: str) -> frozenset[str]:
    starts = (" ".join(line.split()) for line in text.splitlines())
    return frozenset(
        what for line in starts for word, what in _CHANGES[lang].items() if line.startswith(word)
    )


def _gathered(rows: Iterator[Told]) -> Said:
    """Two pickups of one container on one day are shown as one, with all that became of them."""
    found: defaultdict[tuple[date, str, bool], set[str]] = defaultdict(set)
    for first, _last, name, comes, changes in rows:
        found[first, name, comes] |= changes
    return {key: frozenset(value) for key, value in found.items()}
