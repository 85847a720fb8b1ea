"""What do the acts on evidence write: guesses that are adopted, confirmed, or doubted once more?"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wastecal import edits, inference
from wastecal import words as public
from wastecal.core.recurrence import Provenance, Rule
from wastecal.core.rows import Municipality
from wastecal.edits import Write
from wastecal.inference import Held
from wastecal.models import Rule as RuleRow
from wastecal.preview import Preview
from wastecal.staff import whom, words
from wastecal.staff.acts import Act, Refused, Said
from wastecal.staff.evidence import said as words_of
from wastecal.staff.evidence.form import AdoptionForm, ConfirmationForm, DoubtForm
from wastecal.staff.schedules import succession

NAMED, SHOWN = 4, 30


def adopt(said: Said) -> Write:
    if not said["proposals"]:
        raise Refused(gettext("Nothing of it is likely enough, or it has been rejected."))
    write = edits.adoption(said["proposals"], said["today"])
    if not write:
        raise Refused(gettext("It is adopted already, or a confirmed schedule goes before it."))
    return write


def confirm(said: Said) -> Write:
    """The guess is confirmed as it is; the others for its container there go, but for those of the past."""
    begin, end = [], []
    for pk, row in said["rows"]:
        live = list(RuleRow.keyed(_live(row).order_by("pk")))
        if any(other.provenance is Provenance.CONFIRMED and _overlaps(other, row) for _, other in live):
            raise Refused(
                gettext("There is a confirmed schedule already: %(whom)s, %(container)s.") % _place(row)
            )
        begin.append(replace(row, provenance=Provenance.CONFIRMED, probability=None, edit=0))
        guesses = ((key, other) for key, other in live if other.provenance is Provenance.RECONSTRUCTED)
        end += [key for key, other in guesses if key == pk or _overlaps(other, row)]
    return Write({"rules": begin}, {"rules": sorted(set(end))})


def _live(row: Rule) -> Any:
    return RuleRow.objects.filter(scope=row.scope, container=row.container, ended_edit=None)


def _overlaps(one: Rule, other: Rule) -> bool:
    return (one.valid_until is None or other.valid_from is None or other.valid_from < one.valid_until) and (
        other.valid_until is None or one.valid_from is None or one.valid_from < other.valid_until
    )


def doubt(said: Said) -> Write:
    """From today on the confirmed rule is one of several that may be right, each as likely as it is now."""
    held, today = said["held"], said["today"]
    fresh = inference.doubting.guesses(held, said["items"][0], today)
    if not fresh or held.rule.provenance is not Provenance.CONFIRMED:
        raise Refused(gettext("How sure this schedule is cannot be said. Write another one instead."))
    return succession.of(held.scope, held.container, today, *fresh)


def adopted(said: Said) -> str:
    if said["least"] and not said["item"]:
        least = {"percent": public.percent(said["least"] / 100), "number": len(said["items"])}
        return gettext("Worked out from records, %(percent)s likely or more: %(number)d schedules") % least
    rules = [row.rule for row in said["proposals"] if row.rule.valid_until is None]
    return gettext("Worked out from records: %(what)s") % {"what": _listed(_likeliest(rules))}


def _likeliest(rules: Iterable[Rule]) -> list[Rule]:
    found: dict[tuple[str, str], Rule] = {}
    for row in rules:
        found.setdefault((row.scope, row.container), row)
    return list(found.values())


def _found(said: Said, shown: Preview) -> dict[str, Any]:
    """What the check page shows of the findings, above the days."""
    names = whom.names({row.scope for row in said["items"]})
    rows = [row for row in said["items"] if row.possibilities]
    return {
        "found": [words_of.finding(row, names, said["today"]) for row in rows[:SHOWN]],
        "found_more": len(rows[SHOWN:]),
    }


def confirmed(said: Said) -> str:
    return gettext("Confirmed: %(what)s") % {"what": _listed([row for _, row in said["rows"]])}


def doubted(said: Said) -> str:
    return doubted_rules([said["held"].rule])


def doubted_rules(rules: Sequence[Rule]) -> str:
    """`Inte längre säkert: Kärl 1, Holmby norra (H1), torsdag varannan vecka`."""
    return gettext("No longer certain: %(what)s") % {"what": _listed(rules)}


def _listed(rules: Sequence[Rule]) -> str:
    more = [gettext("%(number)d more") % {"number": len(rules) - NAMED}] if len(rules) > NAMED else []
    return public.listing([*(_named(row) for row in rules[:NAMED]), *more])


def _named(row: Rule) -> str:
    """`Kärl 1, Storgatan, Holmby, tisdag varannan vecka`."""
    return ", ".join([*reversed(_place(row).values()), words.often(row)])


def _place(row: Rule) -> dict[str, str]:
    return {
        "whom": whom.names([row.scope])[row.scope],
        "container": words.containers([row.container]),
    }


def tell_adopted(said: Said, town: Municipality) -> str:
    text = gettext(
        "We have worked out days of collection from what people still know. Our pages say how sure they are."
    )
    return f"{text} {public.ask(town)}"


def tell_doubted(said: Said, town: Municipality) -> str:
    held: Held = said["held"]
    text = gettext("%(container)s in %(whom)s: the day is no longer certain. We are finding out.")
    return f"{text % _place(held.rule)} {public.ask(town)}"


ADOPT = Act(
    name="evidence_adopt",
    path="underlag/anta/",
    title=_("Adopt what was worked out"),
    form=AdoptionForm,
    write=adopt,
    summary=adopted,
    tell=tell_adopted,
    aside=_found,
    aside_template="wastecal/staff/evidence/adopted.html",
    asks=False,
)
CONFIRM = Act(
    name="evidence_confirm",
    path="underlag/bekrafta/",
    title=_("Confirm a schedule"),
    form=ConfirmationForm,
    write=confirm,
    summary=confirmed,
    asks=False,
)
DOUBT = Act(
    name="evidence_doubt",
    path="underlag/tveka/",
    title=_("Show a schedule as uncertain"),
    form=DoubtForm,
    write=doubt,
    summary=doubted,
    tell=tell_doubted,
    asks=False,
)
ACTS = (ADOPT, CONFIRM, DOUBT)
