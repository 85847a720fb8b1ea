"""How does one rule follow another from a day on, and which acts are there on schedules?"""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wastecal import unpublished
from wastecal import words as public
from wastecal.core.rows import Municipality
from wastecal.edits import Write
from wastecal.models import Edit
from wastecal.preview import Preview
from wastecal.staff import whom, words
from wastecal.staff.acts import Act, Refused, Said
from wastecal.staff.schedules import aside, moving, succession, zones
from wastecal.staff.schedules.form import RuleForm


def change(said: Said) -> Write:
    fresh = [said["rule"]] if said["rule"] else []
    write = succession.of(said["scope"], said["container"], said["start"], *fresh)
    if said["rule"] is None and not write:
        raise Refused(gettext("It has no schedule of its own from that day on."), "often")
    return write


def _what(said: Said) -> dict[str, str]:
    rule = said["rule"]
    return {
        "container": words.containers([said["container"]]),
        "whom": whom.names([said["scope"]])[said["scope"]],
        "often": words.often(rule) if rule else gettext("as for the others there"),
        "day": words.day(said["start"]),
    }


def changed(said: Said) -> str:
    return gettext("Schedule from %(day)s: %(container)s, %(whom)s, %(often)s") % _what(said)


def told(said: Said, town: Municipality) -> str:
    """Of an agreement with one household nothing is sent round."""
    rule = said["rule"]
    if said["scope"].startswith("address:") or rule is None or rule.anchor is None:
        return ""
    what = {**_what(said), "first": words.day(rule.anchor)}
    text = gettext(
        "From %(day)s %(container)s is emptied %(often)s in %(whom)s, the first time on %(first)s."
    )
    return f"{text % what} {public.ask(town)}"


def _days(said: Said, shown: Preview) -> dict[str, Any]:
    return aside.of_rule(change(said), said["scope"], said["start"])


def _keep_cause(said: Said, edit: Edit) -> None:
    if said.get("cause", "").strip():
        unpublished.note(said["scope"], said["cause"].strip(), edit.at, edit.author)


CHANGE = Act(
    name="schedule_change",
    path="schema/nytt/",
    title=_("New schedule from a day on"),
    form=RuleForm,
    write=change,
    summary=changed,
    tell=told,
    aside=_days,
    aside_template=aside.TEMPLATE,
    keep=_keep_cause,
    template="schedule_change",
)
ACTS = (CHANGE, moving.MOVE, *zones.ACTS)
