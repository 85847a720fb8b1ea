"""Which addresses are there, which one is meant, and when is it emptied?"""

from datetime import date
from typing import Any

from django.http import HttpResponseBase
from django.utils.translation import gettext as _

from wastecal import answers, data
from wastecal.answers import walking
from wastecal.api import completion, pages, parameters, problems, resources, shapes
from wastecal.api.views.reading import Asked, conditional, question
from wastecal.core import spans
from wastecal.core.rows import Address
from wastecal.core.spans import Span

LONGEST = 1827
"""Days in five years, the longest span that is answered."""
_KEY = 6
"""Texts in the sort key of an address."""


@question(shapes.Addresses, "addresses", parameters.QUERY, parameters.LIMIT, parameters.CURSOR)
def addresses(asked: Asked) -> HttpResponseBase:
    """Addresses: those meant by what was typed, with suggestions; without `q` all, page by page."""
    text = parameters.query(asked.request)
    size = parameters.limit(asked.request)
    after = pages.read(asked.request, _KEY)
    edit = answers.newest_edit()
    if text:
        return conditional(asked, lambda: _search(asked, text, size), edit)
    return conditional(asked, lambda: _all(asked, after, size), edit)


@question(shapes.PlacedAddress, "address", refusals=[404])
def address(asked: Asked, **parts: str) -> HttpResponseBase:
    """One address by its permanent name, or by the one that its present name would give it."""
    slug = "/".join(parts.values())
    answer = answers.for_address(slug, asked.today)
    if answer is None or answer.place.address is None:
        raise _unknown()
    row, zone, name = answer.place.address, answer.zone or None, answer.zone_name or None
    told = {**resources.address(row, asked.site), "zone": zone, "zone_name": name}
    month = spans.first_of_month(asked.today)
    return conditional(asked, lambda: told, answer.edit, month, tuple(told.values())[:10], zone, name)


@question(shapes.Answer, "pickups", parameters.FROM, parameters.TO, refusals=[404])
def pickups(asked: Asked, **parts: str) -> HttpResponseBase:
    """The answer for one address: its containers, pickups and notices, by default over 14 months.

    The same as the JSON beside the address's page.
    """
    span = _span(asked)
    answer = answers.for_address("/".join(parts.values()), asked.today, span)
    if answer is None:
        raise _unknown()
    month = spans.first_of_month(asked.today)
    return conditional(asked, lambda: data.as_data(answer, asked.lang), answer.edit, month, span)


def _unknown() -> problems.Refused:
    return problems.Refused(404, "not-found", _("There is no such address here."))


def _span(asked: Asked) -> Span:
    usual = spans.default(asked.today)
    first, last = parameters.day(asked.request, "from"), parameters.day(asked.request, "to")
    start = first or (usual.start if last is None else min(usual.start, _back(last)))
    stop = last or (usual.stop if first is None else _ahead(first, usual.stop))
    if stop <= start:
        raise problems.unanswerable("to", _("to is a day after from: it is the first day left out."))
    if (stop - start).days > LONGEST:
        raise problems.unanswerable("to", _("Five years can be asked for at most."))
    return Span(start, stop)


def _ahead(first: date, usual: date) -> date:
    """Where only the first day is given: to the usual end, or over as many days as usual."""
    return usual if 0 < (usual - first).days <= LONGEST else spans.plus(first, 366)


def _back(last: date) -> date:
    return spans.plus(last, -366)


def _search(asked: Asked, text: str, size: int) -> dict[str, Any]:
    found = answers.find(text)
    known = answers.known()
    suggested = completion.suggest(text, found, known.index, answers.addresses_named) if known else ()
    shown = found.addresses[:size]
    return {
        "found": found.kind.value,
        "results": [resources.address(row, asked.site) for row in shown],
        "more": found.more + len(found.addresses) - len(shown),
        "suggestions": [
            {"kind": "address" if row.whole else "street", "text": row.text, "slug": row.slug}
            for row in suggested
        ],
        "next": None,
    }


def _all(asked: Asked, after: tuple[str, ...] | None, size: int) -> dict[str, Any]:
    rows, more = walking.after(_address(after) if after else None, size)
    cursor = pages.write(_texts(rows[-1])) if more else ""
    return {
        "found": None,
        "results": [resources.address(row, asked.site) for row in rows],
        "more": 0,
        "suggestions": [],
        "next": pages.link(asked.request, asked.site, cursor),
    }


def _texts(row: Address) -> tuple[str, ...]:
    """The texts that an address is sorted by."""
    return row.locality, row.street, row.number, row.letter, row.postcode, row.slug


def _address(texts: tuple[str, ...]) -> Address:
    locality, street, number, letter, postcode, slug = texts
    return Address(street, number, letter, postcode, locality, slug)
