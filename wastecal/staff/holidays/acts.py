"""What does the staff write who decides the holidays of a year? Policy, windows, and until when it holds."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wastecal import answers, undoing
from wastecal import words as public
from wastecal.core import changes, holidays, policy, scopes
from wastecal.core.overrides import Kind, Override
from wastecal.core.policy import Decision
from wastecal.core.rows import Municipality
from wastecal.core.texts import Text
from wastecal.core.texts import of as text_of
from wastecal.edits import Write
from wastecal.models import Municipality as MunicipalityRow
from wastecal.models import Shift as ShiftRow
from wastecal.staff import words
from wastecal.staff.acts import Act, Said
from wastecal.staff.holidays import dry_run, guard, standing
from wastecal.staff.holidays.form import HolidaysForm, public_name

NAMED = 4


def decide(said: Said) -> Write:
    """The entries of the policy that an answered form means, the windows, and the day until it is decided."""
    decision: Decision = said["decision"]
    live = list(ShiftRow.keyed(ShiftRow.objects.filter(ended_edit=None).order_by("pk")))
    old = [row for _pk, row in live]
    fresh = tuple(old)
    if said["until"] and decision.for_some:
        fresh = policy.decide(fresh, Decision(decision.days, {}))
    if said["until"] or decision.moves:
        fresh = policy.decide(fresh, decision)
    guard.check(old, fresh, said["today"])
    found = changes.diff_in_order(old, fresh)
    begin: dict[str, Any] = {"shifts": [replace(row, edit=0, ended_edit=None) for row in found.begun]}
    end: dict[str, Any] = {"shifts": [pk for pk, _row in live[len(old) - len(found.ended) :]]}
    if said["until"]:
        (pk, town), *_others = MunicipalityRow.keyed(MunicipalityRow.objects.filter(ended_edit=None))
        begin["municipality"] = [replace(town, holidays_decided_until=said["until"], edit=0)]
        end["municipality"] = [pk]
    begin["overrides"] = _windows(said)
    end["overrides"] = list(undoing.withdrawal(_old_windows(decision)).end["overrides"])
    return Write(begin, end)


def _windows(said: Said) -> list[Override]:
    decision: Decision = said["decision"]
    return [
        Override(
            key="",
            kind=Kind.MOVE,
            scope=scope,
            containers=decision.containers,
            date=day,
            new_date=first,
            new_date_until=last,
            reason=_named(day),
        )
        for day, (first, last) in said["windows"].items()
        for scope in _scopes(decision)
    ]


def _old_windows(decision: Decision) -> list[str]:
    """The keys of the windows that the same containers and zones had on days that are decided anew."""
    return [
        row.key
        for row in standing.windows()
        if row.day in decision.moves
        and row.scope in _scopes(decision)
        and set(row.containers) == set(decision.containers)
    ]


def _scopes(decision: Decision) -> list[str]:
    return [scopes.zone(zone) for zone in decision.zones] or [scopes.EVERYONE]


def _named(day: date) -> Text:
    """What the holiday is called, in each of the town's languages."""
    town = answers.town()
    found = {}
    for lang in town.languages if town else ():
        with translation.override(lang):
            found[lang] = public.holiday(holidays.name(day) or "")
    return text_of(found)


def summary(said: Said) -> str:
    """`Helgerna 2027 bestämda`, `Helgerna 2027 ändrade: Juldagen · Kärl 2`."""
    decision: Decision = said["decision"]
    told = {"year": said["year"]}
    if said["until"]:
        text = gettext("The holidays of %(year)d are decided") % told
    else:
        text = gettext("The holidays of %(year)d are changed") % told
    names = [public_name(day) for day in decision.moves]
    named = public.listing(names) if 0 < len(names) <= NAMED else ""
    parts = " · ".join(filter(None, [named, standing.for_whom(decision)]))
    return f"{text}: {parts}" if parts else text


def tell(said: Said, town: Municipality) -> str:
    """Every day that moves, to be sent by other ways."""
    decision: Decision = said["decision"]
    pairs = standing.moved_days(standing.in_force(), decision.days, decision)
    lines = [
        gettext("%(to)s instead of %(day)s") % {"day": public.day(day, year=0), "to": public.day(to, year=0)}
        for day, to in pairs
        if day > said["today"]
    ]
    lines += [
        f"{words.days(first, last)} ({public_name(day)})" for day, (first, last) in said["windows"].items()
    ]
    what = {"year": said["year"], "whom": standing.for_whom(decision)}
    head = gettext("Collection at the holidays of %(year)d") % what
    head += f" ({what['whom']})" if what["whom"] else ""
    days = "; ".join(lines) if lines else gettext("as usual")
    return f"{head}: {days}. {public.ask(town)}"


DECIDE = Act(
    name="decide_holidays",
    path="helger/bestam/",
    title=_("Decide the holidays"),
    form=HolidaysForm,
    write=decide,
    summary=summary,
    tell=tell,
    template="holidays_form",
    aside=lambda said, shown: dry_run.told(decide(said), said),
    aside_template="wastecal/staff/parts/dry_run.html",
)
