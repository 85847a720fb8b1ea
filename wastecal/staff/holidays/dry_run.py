"""What would the year be like? The dry run in words: heavy days, doubled days, long waits, week 53."""

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wastecal import words as public
from wastecal.core import holidays, policy, spans
from wastecal.core.spans import Span
from wastecal.edits import Write
from wastecal.preview import trial
from wastecal.preview.trial import Gap, Rhythm, Trial, Weight
from wastecal.staff import whom, words
from wastecal.staff.acts import Said

GAPS = 30
BEFORE = timedelta(days=14)


def told(write: Write, said: Said) -> dict[str, Any]:
    """The dry run of a year, for a template."""
    found = trial.of(write, said["today"], span(said["year"], said["today"]))
    return {
        "year": said["year"],
        "weights": [_weight(weight, found) for weight in found.weights],
        "doubled": [words.day(weight.day) for weight in found.weights if weight.is_doubled],
        "heavy": [words.day(weight.day) for weight in found.weights if _is_heavy(weight, found)],
        "heaviest": words.addresses(found.heaviest),
        "gaps": [_gap(gap) for gap in found.gaps[:GAPS]],
        "gaps_more": len(found.gaps[GAPS:]),
        "week_53": _week_53(found.week_53) if found.week_53 else "",
        "rhythms": [_rhythm(rhythm) for rhythm in found.rhythms],
    }


def span(year: int, today: date) -> Span:
    """The days that deciding a year is about: from a little before it until its Christmas is over."""
    start = spans.monday(date(year, 1, 1)) - BEFORE
    return Span(max(start, today), max(policy.decided_until(year), today + BEFORE))


def _is_heavy(weight: Weight, found: Trial) -> bool:
    return weight.after > found.heaviest


def _weight(weight: Weight, found: Trial) -> dict[str, Any]:
    moved = [day for day in weight.ordinary if day != weight.day]
    name = holidays.name(weight.day)
    return {
        "day": words.day(weight.day),
        "name": public.holiday(name) if name else "",
        "before": words.number(weight.before),
        "after": words.number(weight.after),
        "from": public.listing(public.day(day, year=weight.day.year) for day in moved) if moved else "",
        "heavy": _is_heavy(weight, found),
        "doubled": weight.is_doubled,
    }


def _gap(gap: Gap) -> dict[str, Any]:
    zones = [whom.zone_name(zone, whom.zones().get(zone, "")) for zone in gap.zones]
    return {
        "days": ngettext("%(number)d day", "%(number)d days", gap.days) % {"number": gap.days},
        "usual": gap.usual,
        "container": words.containers([gap.container]),
        "zones": public.listing(zones),
        "first": words.day(gap.first),
        "last": words.day(gap.last),
        "addresses": words.addresses(gap.addresses),
        "is_new": gap.is_new,
    }


def _week_53(monday: date) -> str:
    return _("%(first)s to %(last)s") % {
        "first": words.day(monday),
        "last": words.day(monday + timedelta(days=6)),
    }


def _rhythm(rhythm: Rhythm) -> dict[str, Any]:
    return {
        "container": words.containers([rhythm.container]),
        "kept": words.addresses(rhythm.kept) if rhythm.kept else "",
        "longer": words.addresses(rhythm.longer) if rhythm.longer else "",
        "shorter": words.addresses(rhythm.shorter) if rhythm.shorter else "",
    }
