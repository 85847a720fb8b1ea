"""How does an Answer look as JSON?"""

import json
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from wastecal import words
from wastecal.core import addresses
from wastecal.core.answer import Answer, Candidate, Standing
from wastecal.core.pickup import Pickup
from wastecal.core.rows import Notice


def render(answer: Answer, lang: str) -> bytes:
    """The answer in one language; the same answer gives the same bytes."""
    return written(as_data(answer, lang))


def written(value: Any) -> bytes:
    """Plain values as JSON, without a space too many."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def as_data(answer: Answer, lang: str) -> dict[str, Any]:
    """The answer as plain values, in the order in which they are written."""
    updated = answer.updated.astimezone(ZoneInfo(answer.town.timezone)) if answer.updated else None
    return {
        **_place(answer),
        "span": {"from": _day(answer.span.start), "to": _day(answer.span.stop)},
        "containers": [_container(standing, lang) for standing in answer.standings],
        "pickups": [_pickup(answer, pickup, lang) for pickup in answer.pickups],
        "optional": {
            "containers": [_container(standing, lang) for standing in answer.optional],
            "pickups": [_pickup(answer, pickup, lang) for pickup in answer.optional_pickups],
        },
        "notices": [_notice(notice, lang) for notice in answer.notices],
        "edit": answer.edit,
        "updated": updated.isoformat() if updated else None,
    }


def _place(answer: Answer) -> dict[str, Any]:
    address = answer.place.address
    if address is None:
        return {"zone": {"code": answer.zone, "name": answer.zone_name}}
    label = addresses.label(
        address.street, address.number, address.letter, address.postcode, address.locality
    )
    return {
        "address": {
            "slug": answer.place.slug,
            "label": label,
            "kind": address.kind or None,
            "zone": answer.zone or None,
        }
    }


def _container(standing: Standing, lang: str) -> dict[str, Any]:
    container = standing.container
    fractions, _ = words.fractions(container)
    data: dict[str, Any] = {
        "code": container.code,
        "name": container.name.said(lang).text,
        "fractions": list(fractions),
        "known": standing.known.value,
        "interval": words.interval(standing.rrule) or None,
        "emptied": standing.emptied,
    }
    if standing.candidates:
        data["candidates"] = [_candidate(candidate) for candidate in standing.candidates]
    return data


def _candidate(candidate: Candidate) -> dict[str, Any]:
    return {
        "next": _day(candidate.next),
        "probability": candidate.rule.probability,
        "dates": [_day(day) for day in candidate.dates],
    }


def _pickup(answer: Answer, pickup: Pickup, lang: str) -> dict[str, Any]:
    data: dict[str, Any] = {
        "container": pickup.container,
        "name": answer.container(pickup.container).name.said(lang).text,
        "date": _day(pickup.date),
        "date_until": _day(pickup.date_until),
        "nominal": _day(pickup.nominal),
        "status": pickup.status.value,
        "certainty": pickup.certainty.value,
        "probability": pickup.probability,
        "tentative": pickup.tentative,
        "preliminary": pickup.preliminary,
        "reason": words.reason(pickup).text or None,
    }
    if pickup.alternatives:
        data["alternatives"] = [
            {"date": _day(row.date), "probability": row.probability} for row in pickup.alternatives
        ]
    return data


def _notice(notice: Notice, lang: str) -> dict[str, Any]:
    said = notice.text.said(lang)
    return {
        "text": said.text,
        "lang": said.lang,
        "shown_from": _day(notice.shown_from),
        "shown_until": _day(notice.shown_until),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
