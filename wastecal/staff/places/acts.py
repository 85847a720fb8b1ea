"""What do the acts on addresses write: a new one, a mended one, two that become one, one that goes?"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wastecal import models, reports
from wastecal.core import addresses, directory, scopes, slugs
from wastecal.core.rows import Address
from wastecal.edits import Write
from wastecal.models import Edit
from wastecal.staff.acts import Act, Refused, Said
from wastecal.staff.places.form import AddressForm, GoneForm, MergerForm, NewAddressForm, label


def add(said: Said) -> Write:
    """A new address, at a slug of its own: with the postcode where another one has or had its name."""
    row: Address = said["row"]
    near = list(_of_that_name(row))
    _check_room(row, near)
    settled = slugs.settle([*(other for other in near if other.ended_edit is None), row], near)
    fresh = [other for other in settled if directory.identity(other) == directory.identity(row)]
    if fresh[0].slug != slugs.natural(row) and not row.postcode:
        raise Refused(
            gettext("There is or was another address of this name. Write the postcode."), "postcode"
        )
    return Write({"addresses": fresh}, {})


def change(said: Said) -> Write:
    """The address as it should be; its slug stays, and the one of its name until now leads to it too."""
    row: Address = said["row"]
    pk, was = _live(row.slug)
    if _name(row) != _name(was):
        _check_room(row, (other for other in _of_that_name(row) if other.slug != row.slug))
        older = slugs.natural(was)
        if older != row.slug and older not in row.also:
            row = replace(row, also=(*row.also, older))
    # Another zone than today's is a correction, of every day: a move until today would go before it.
    over = {"zone_moves": _moves_until(row.slug, said["today"]) if said["moved"] else []}
    if row == replace(was, edit=0):
        return Write({}, over)
    return Write({"addresses": [row]}, {"addresses": [pk], **over})


def merge(said: Said) -> Write:
    """One address goes, with all that was said for it alone; the other one answers at its slugs too."""
    gone_pk, gone = _live(said["address"])
    pk, stays = _live(said["other"])
    names = (*stays.also, gone.slug, *gone.also, slugs.natural(gone))
    also = tuple(name for name in dict.fromkeys(names) if name not in (stays.slug, slugs.natural(stays)))
    end = {"addresses": [gone_pk, pk], **_said_for(gone.slug)}
    return Write({"addresses": [replace(stays, also=also, edit=0)]}, end)


def retire(said: Said) -> Write:
    """The address goes, with all that was said for it alone. Its slug is given to no other one."""
    pk, row = _live(said["address"])
    return Write({}, {"addresses": [pk], **_said_for(row.slug)})


def _live(slug: str) -> tuple[Any, Address]:
    found = models.Address.keyed(models.Address.objects.filter(slug=slug, ended_edit=None))
    pair = next(found, None)
    if pair is None:
        raise Refused(gettext("There is no such address any longer."))
    return pair


def _of_that_name(row: Address) -> Iterator[Address]:
    """Every address, live or gone, that the name or the slug of this one could be taken for."""
    natural = slugs.natural(row)
    longer = addresses.slug_with_postcode(row.locality, row.street, row.number, row.letter, row.postcode)
    wanted = Q(natural=natural) | Q(slug=natural) | Q(slug=longer) | Q(slug__startswith=f"{longer}-")
    wanted |= ~Q(also="") & Q(also__contains=natural)
    return models.Address.values_of(models.Address.objects.filter(wanted).order_by("pk"))


def _check_room(row: Address, near: Iterable[Address]) -> None:
    for other in near:
        if other.ended_edit is None and directory.identity(other) == directory.identity(row):
            there = {"address": label(other)}
            raise Refused(gettext("There is an address %(address)s already.") % there, "street")


def _name(row: Address) -> tuple[str, ...]:
    return row.street, row.number, row.letter, row.postcode, row.locality


def _moves_until(slug: str, today: date) -> list[Any]:
    rows = models.ZoneMove.objects.filter(address=slug, valid_from__lte=today, ended_edit=None)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _said_for(slug: str) -> dict[str, list[Any]]:
    """The primary keys of the live rows that are about this address alone."""
    scope = scopes.address(slug)
    found = {
        "rules": models.Rule.objects.filter(scope=scope),
        "overrides": models.Override.objects.filter(scope=scope),
        "notices": models.Notice.objects.filter(scope=scope),
        "zone_moves": models.ZoneMove.objects.filter(address=slug),
    }
    live = {name: rows.filter(ended_edit=None).order_by("pk") for name, rows in found.items()}
    return {name: list(rows.values_list("pk", flat=True)) for name, rows in live.items()}


def _label_of(slug: str) -> str:
    """The name of an address, as it is or as it was last."""
    rows = list(models.Address.values_of(models.Address.objects.filter(slug=slug).order_by("pk")))
    newest = max(rows, key=lambda row: (row.ended_edit is None, row.edit), default=None)
    return label(newest) if newest else slug


def added(said: Said) -> str:
    return gettext("New address: %(address)s") % {"address": label(said["row"])}


def changed(said: Said) -> str:
    was, now = _label_of(said["address"]), label(said["row"])
    if was == now:
        return gettext("Address corrected: %(address)s") % {"address": now}
    return gettext("Address corrected: %(was)s is %(now)s") % {"was": was, "now": now}


def merged(said: Said) -> str:
    one = {"gone": _label_of(said["address"]), "stays": _label_of(said["other"])}
    return gettext("Addresses joined: %(gone)s is %(stays)s") % one


def retired(said: Said) -> str:
    return gettext("Address retired: %(address)s") % {"address": _label_of(said["address"])}


def work_off(said: Said, edit: Edit) -> None:
    """The resident's report that led to this is dealt with."""
    if said.get("report"):
        reports.mark_done(said["report"], edit.at)


ADD = Act(
    name="address_add",
    path="adresser/ny/",
    title=_("New address"),
    form=NewAddressForm,
    write=add,
    summary=added,
    keep=work_off,
)
CHANGE = Act(
    name="address_change",
    path="adresser/ratta/",
    title=_("Correct an address"),
    form=AddressForm,
    write=change,
    summary=changed,
    keep=work_off,
)
MERGE = Act(
    name="address_merge",
    path="adresser/sla-ihop/",
    title=_("Join two addresses"),
    form=MergerForm,
    write=merge,
    summary=merged,
    keep=work_off,
    template="merger",
)
RETIRE = Act(
    name="address_retire",
    path="adresser/ta-bort/",
    title=_("Retire an address"),
    form=GoneForm,
    write=retire,
    summary=retired,
    keep=work_off,
    asks=False,
)
ACTS = (ADD, CHANGE, MERGE, RETIRE)
