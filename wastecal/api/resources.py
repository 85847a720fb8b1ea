"""How do rows look as JSON? The same fields that `shapes` and `listed` describe."""

from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import translation

from wastecal import words
from wastecal.answers.changes import Change
from wastecal.core import addresses, buildings
from wastecal.core.overrides import Override
from wastecal.core.rows import Address, Container, Municipality, Notice, Zone


def address(row: Address, site: str) -> dict[str, Any]:
    return {
        "slug": row.slug,
        "label": label(row),
        "street": row.street,
        "number": row.number,
        "letter": row.letter,
        "postcode": row.postcode.replace(" ", ""),
        "locality": row.locality,
        "kind": row.kind or None,
        "latitude": row.lat,
        "longitude": row.lon,
        "building": str(buildings.number(row.slug)),
        "links": _links(row.slug, site),
        "edit": row.edit,
    }


def label(row: Address) -> str:
    return addresses.label(row.street, row.number, row.letter, row.postcode, row.locality)


def zone(row: Zone) -> dict[str, Any]:
    return {"code": row.code, "name": row.name, "edit": row.edit}


def container(row: Container, lang: str) -> dict[str, Any]:
    fractions, _ = words.fractions(row)
    return {
        "code": row.code,
        "name": row.name.said(lang).text,
        "fractions": list(fractions),
        "interval": words.interval(row.default_rrule) or None,
        "kinds": list(row.kinds),
        "optional": row.optional,
        "colour": row.colour or None,
        "edit": row.edit,
    }


def notice(row: Notice, lang: str) -> dict[str, Any]:
    said = row.text.said(lang)
    return {
        "key": row.key,
        "scope": row.scope,
        "text": said.text,
        "lang": said.lang,
        "shown_from": row.shown_from.isoformat(),
        "shown_until": row.shown_until.isoformat(),
        "edit": row.edit,
    }


def override(row: Override, lang: str) -> dict[str, Any]:
    return {
        "key": row.key,
        "kind": row.kind.value,
        "scope": row.scope,
        "containers": list(row.containers),
        "date": row.date.isoformat() if row.date else None,
        "new_date": row.new_date.isoformat() if row.new_date else None,
        "new_date_until": row.new_date_until.isoformat() if row.new_date_until else None,
        "reason": words.said_reason(row.reason).text or None,
        "edit": row.edit,
    }


def change(row: Change, town: Municipality) -> dict[str, Any]:
    return {
        "number": row.edit.number,
        "at": row.edit.at.astimezone(ZoneInfo(town.timezone)).isoformat(),
        "summary": row.edit.summary,
        "changed": [
            {"table": table.table, "begun": table.begun, "ended": table.ended} for table in row.tables
        ],
        "scopes": None if row.scopes is None else list(row.scopes),
    }


def _links(slug: str, site: str) -> dict[str, str]:
    parts = slug.split("/")
    return {
        "page": site + reverse("address", args=parts),
        "calendar": site + reverse("address_feed", args=parts),
        "reminding": site + reverse("address_reminding", args=parts),
        "pickups": f"{site}{reverse('api:pickups', args=parts)}{_lang()}",
    }


def _lang() -> str:
    """The part of the query that asks for the active language again."""
    code = translation.get_language() or ""
    return f"?lang={code}" if code else ""
