"""How do streets move to another zone from a day on?"""

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wastecal import answers, models
from wastecal import words as public
from wastecal.core import scopes
from wastecal.core.rows import ZoneMove
from wastecal.edits import Write
from wastecal.preview import Preview
from wastecal.staff import whom, words
from wastecal.staff.acts import Act, Said
from wastecal.staff.acts.forms import ActForm, CleanText, Day
from wastecal.staff.schedules import aside, streets
from wastecal.staff.schedules.form import near

NAMED = 8


class StreetsForm(ActForm):
    """Has `whom` and `start`, where no day is today; `cleaned_data["meant"]` is a streets.Meant."""

    def clean_start(self) -> date:
        return near(self.cleaned_data["start"] or self.today, self.today)

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if "whom" in said and "start" in said:
            said["meant"] = streets.understand(said["whom"], said["start"])
            for fault in said["meant"].faults:
                self.add_error("whom", fault)
        return said


class MoveForm(StreetsForm):
    """Which addresses move to which zone."""

    whom = CleanText(
        required=True,
        widget=forms.Textarea,
        label=_("Which streets or addresses?"),
        help_text=_("One a line. For example: Storgatan, Storgatan 1-15, Storgatan odd, Storgatan 2-20 even"),
        error_messages={"required": _("Write at least one street or address.")},
    )
    zone = forms.ChoiceField(
        label=_("To which zone?"),
        error_messages={"required": _("Choose the zone."), "invalid_choice": _("Choose the zone.")},
    )
    start = Day(
        required=True,
        label=_("From which day?"),
        error_messages={
            "required": _("Write from which day it holds."),
            "invalid": _("Write the day like this: 2026-12-24."),
        },
    )

    def __init__(self, today: date, *args: Any, **options: Any) -> None:
        super().__init__(today, *args, **options)
        zones = [(row.code, whom.zone_name(row.code, row.name)) for row in answers.zones()]
        cast(forms.ChoiceField, self.fields["zone"]).choices = [("", gettext("Choose")), *zones]


def move(said: Said) -> Write:
    """A move for each address that is not in the zone on that day; moves from then on end."""
    slugs = {row.slug: row.zone for row in said["meant"].rows}
    begin, end = [], []
    known = _moves(slugs)
    for slug, own in slugs.items():
        moves = known.get(slug, [])
        earlier = [row for _, row in moves if row.valid_from < said["start"]]
        end += [pk for pk, row in moves if row.valid_from >= said["start"]]
        if (earlier[-1].zone if earlier else own) != said["zone"]:
            begin.append(ZoneMove(slug, said["zone"], said["start"]))
    return Write({"zone_moves": begin}, {"zone_moves": end})


def _moves(slugs: dict[str, str]) -> dict[str, list[tuple[Any, ZoneMove]]]:
    """The live moves of some addresses, the earliest first."""
    found: dict[str, list[tuple[Any, ZoneMove]]] = {}
    rows = models.ZoneMove.objects.filter(ended_edit=None).order_by("valid_from", "edit")
    for pk, row in models.ZoneMove.keyed(rows):
        if row.address in slugs:
            found.setdefault(row.address, []).append((pk, row))
    return found


def moved(said: Said) -> str:
    zone = scopes.zone(said["zone"])
    what = {"zone": whom.names([zone])[zone], "day": words.day(said["start"]), "streets": named(said)}
    return gettext("To %(zone)s from %(day)s: %(streets)s") % what


def named(said: Said) -> str:
    """The streets that move, the first of them by name."""
    names = said["meant"].names
    more = [gettext("%(number)d more") % {"number": len(names) - NAMED}] if len(names) > NAMED else []
    return public.listing([*names[:NAMED], *more])


def _moved_days(said: Said, shown: Preview) -> dict[str, Any]:
    moves = shown.begun.get("zone_moves", ())
    going = {row.address for row in moves}
    zones = {row.zone for row in said["meant"].rows if row.slug in going}
    return aside.of_moves(zones, said["zone"], said["start"]) if moves else {}


MOVE = Act(
    name="zone_move",
    path="schema/flytta/",
    title=_("Move streets to another zone"),
    form=MoveForm,
    write=move,
    summary=moved,
    aside=_moved_days,
    aside_template=aside.TEMPLATE,
)
