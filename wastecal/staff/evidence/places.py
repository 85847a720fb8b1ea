"""Where is what: the pages of the evidence by scope, and the acts that they lead to?"""

from collections.abc import Iterable
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from wastecal.core.recurrence import Rule
from wastecal.inference import Item, Report
from wastecal.staff.evidence import said
from wastecal.staff.evidence.form import name_of, name_of_rule, of_scope


def url(scope: str) -> str:
    """The page of a street or a zone; of an address that of its street."""
    kind, _sep, name = scope.partition(":")
    if kind == "zone":
        return reverse("staff:evidence_zone", args=[name])
    locality, street = name.split("/")[:2]
    return reverse("staff:evidence_street", args=[locality, street])


def adoption(found: Report, item: Item) -> str:
    asked = {"by": of_scope(item.scope).value, "mark": found.mark, "item": name_of(item)}
    return f"{reverse('staff:evidence_adopt')}?{urlencode(asked)}"


def confirmation(rules: Iterable[Rule]) -> str:
    asked = [("rule", name_of_rule(row)) for row in rules]
    return f"{reverse('staff:evidence_confirm')}?{urlencode(asked)}"


def doubt(found: Report, scope: str, container: str) -> str:
    asked = {"by": of_scope(scope).value, "mark": found.mark, "scope": scope, "container": container}
    return f"{reverse('staff:evidence_doubt')}?{urlencode(asked)}"


def move(street: str, zone: str, start: date, item: Item | None = None) -> str:
    """The form that moves streets, filled in: the street or the part of it that was found."""
    whom = said.written(street, item.part if item else None)
    return (
        f"{reverse('staff:zone_move')}?{urlencode({'whom': whom, 'zone': zone, 'start': start.isoformat()})}"
    )


def calls(street: str) -> str:
    """The page of calls, looking for a house on the street: what is answered is written down there."""
    return f"{reverse('staff:calls')}?{urlencode({'q': street.partition(',')[0]})}"


def new_zone(streets: Iterable[str]) -> str:
    """The form of a new zone, with the streets that move to it."""
    return f"{reverse('staff:zone_new')}?{urlencode({'whom': chr(10).join(streets)})}"
