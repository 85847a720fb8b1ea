"""Which zones, containers, messages and overrides are there?"""

from collections.abc import Callable, Iterable
from itertools import chain
from typing import Any

from django.http import HttpResponseBase
from django.urls import reverse

from wastecal import answers
from wastecal.api import listed, pages, parameters, resources
from wastecal.api.views.reading import Asked, conditional, page, question
from wastecal.core import directory, versions
from wastecal.core.register import Register
from wastecal.core.rows import Notice

_PAGED = (parameters.LIMIT, parameters.CURSOR)
_DAYS = (parameters.FROM, parameters.TO)


@question(listed.Root, "root")
def root(asked: Asked) -> HttpResponseBase:
    """Where everything is."""
    names = ("addresses", "zones", "containers", "notices", "overrides", "edits", "schema")
    found = {name: asked.site + reverse(f"api:{name}") for name in names}
    return conditional(asked, lambda: {**found, "docs": asked.site + reverse("api_docs")})


@question(listed.Zones, "zones")
def zones(asked: Asked) -> HttpResponseBase:
    """The zones of the municipality, in the order of their codes."""
    rows = [resources.zone(row) for row in answers.zones()]
    return conditional(asked, lambda: {"results": rows, "next": None}, answers.newest_edit())


@question(listed.Containers, "containers")
def containers(asked: Asked) -> HttpResponseBase:
    """The containers of the municipality, in its own order."""
    rows = [resources.container(row, asked.lang) for row in answers.containers()]
    return conditional(asked, lambda: {"results": rows, "next": None}, answers.newest_edit())


@question(listed.Notices, "notices", *_DAYS, *_PAGED)
def notices(asked: Asked) -> HttpResponseBase:
    """The messages that stand; with `from` and `to` those that are shown on any day between."""
    first, stop = parameters.day(asked.request, "from"), parameters.day(asked.request, "to")

    def shown(row: Notice) -> bool:
        return (stop is None or row.shown_from < stop) and (first is None or row.shown_until > first)

    return _page(asked, lambda known: filter(shown, _live(known.notices.values())), resources.notice)


@question(listed.Overrides, "overrides", *_DAYS, *_PAGED)
def overrides(asked: Asked) -> HttpResponseBase:
    """The overrides that stand; with `from` and `to` those about, or to, any day between."""
    first, stop = parameters.day(asked.request, "from"), parameters.day(asked.request, "to")

    def touches(row: Any) -> bool:
        days = [day for day in (row.date, row.new_date, row.new_date_until) if day is not None]
        return (stop is None or min(days) < stop) and (first is None or max(days) >= first)

    return _page(asked, lambda known: filter(touches, _live(known.overrides.values())), resources.override)


def _page(
    asked: Asked, chosen: Callable[[Register], Iterable[Any]], shown: Callable[[Any, str], dict[str, Any]]
) -> HttpResponseBase:
    """A page of rows with keys, oldest first."""
    size, after = parameters.limit(asked.request), pages.read(asked.request, 1)
    known = answers.known()

    def body() -> dict[str, Any]:
        rows = chosen(known.register) if known else ()
        some, more = pages.of(rows, _key, directory.key_order(after[0]) if after else None, size)
        cursor = pages.write([some[-1].key]) if more else ""
        return page(asked, pages.Page([shown(row, asked.lang) for row in some], cursor))

    return conditional(asked, body, known.register.edit if known else 0)


def _key(row: Any) -> tuple[Any, ...]:
    return directory.key_order(row.key)


def _live(scoped: Iterable[Iterable[Any]]) -> tuple[Any, ...]:
    return versions.live(chain.from_iterable(scoped))
