"""What do the acts on notices write: a new one, one that is changed, one that ends now?

A version that says something else is another row with a key of its own, for a key tells which Edit made
it (decision 70); both are written by one Edit.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wastecal import words as public
from wastecal.core.rows import Municipality, Notice
from wastecal.edits import Write
from wastecal.staff import whom, words
from wastecal.staff.acts import Act, Refused, Said
from wastecal.staff.notices import standing
from wastecal.staff.notices.form import GONE, ChangeForm, EndForm, NoticeForm

SHORT = 100
"""So many letters of a notice stand in the public list of changes."""


def new(said: Said) -> Write:
    return Write({"notices": _rows(said)}, {})


def changed(said: Said) -> Write:
    """The notice as it is filled in, in place of the one there was; nothing where it is the same."""
    wanted, there = _rows(said), _there(said)
    if wanted == [replace(row, key="", edit=0) for row in there.values()]:
        return Write({}, {})
    return Write({"notices": wanted}, {"notices": list(there)})


def ended(said: Said) -> Write:
    """What was shown before today was shown: its last day is yesterday. What was not is taken back."""
    today, there = said["today"], _there(said)
    if any(row.shown_until <= today for row in there.values()):
        raise Refused(gettext("This notice is over already."))
    shown = [row for row in there.values() if row.shown_from < today]
    begin = [replace(row, key="", edit=0, shown_until=today) for row in shown]
    return Write({"notices": begin}, {"notices": list(there)})


def _there(said: Said) -> dict[int, Notice]:
    """The rows of the notice as they are now. Raises Refused where somebody has ended it."""
    rows = standing.rows_of(said["key"])
    if not rows:
        raise Refused(str(GONE))
    return rows


def _rows(said: Said) -> list[Notice]:
    return [Notice("", scope, said["text"], said["shown_from"], said["stop"]) for scope in said["scopes"]]


def new_summary(said: Said) -> str:
    """`Driftinformation för Holmby norra (H1) från … till …: Snö och is …`."""
    return gettext("Notice for %(whom)s from %(first)s until %(last)s: %(text)s") % _named(_rows(said))


def changed_summary(said: Said) -> str:
    return gettext("Notice changed for %(whom)s from %(first)s until %(last)s: %(text)s") % _named(
        _rows(said)
    )


def ended_summary(said: Said) -> str:
    return gettext("Notice ended for %(whom)s: %(text)s") % _named(
        standing.rows_of(said["key"]).values() or [said["notice"]]
    )


def _named(rows: Iterable[Notice]) -> dict[str, str]:
    found = list(rows)
    last = found[0].shown_until - timedelta(days=1)
    text = " ".join(found[0].text.said(public.language()).text.split())
    return {
        "whom": whose(row.scope for row in found),
        "first": words.day(found[0].shown_from),
        "last": words.day(last),
        "text": text if len(text) <= SHORT else text[:SHORT].rstrip() + "…",
    }


def whose(scopes: Iterable[str]) -> str:
    """`Holmby norra (H1) och Storgatan, Holmby`; of many the first eight."""
    wanted = list(scopes)
    names = whom.names(wanted)
    shown = [names[scope] for scope in wanted[:8]]
    if len(wanted) > 8:
        shown.append(gettext("%(number)d more") % {"number": len(wanted) - 8})
    return public.listing(shown)


def tell(said: Said, town: Municipality) -> str:
    """The notice itself, and for whom and how long it holds."""
    text = said["text"].said(public.language()).text
    about = gettext("It is about %(whom)s, until %(last)s.") % {
        "whom": whose(said["scopes"]),
        "last": words.day(said["shown_until"]),
    }
    return f"{text} {about} {public.ask(town)}"


NEW = Act(
    name="notice",
    path="driftinformation/ny/",
    title=_("New notice"),
    form=NoticeForm,
    write=new,
    summary=new_summary,
    tell=tell,
    template="notices/notice",
)
CHANGE = Act(
    name="change_notice",
    path="driftinformation/andra/",
    title=_("Change a notice"),
    form=ChangeForm,
    write=changed,
    summary=changed_summary,
    tell=tell,
    template="notices/notice",
)
END = Act(
    name="end_notice",
    path="driftinformation/avsluta/",
    title=_("End a notice"),
    form=EndForm,
    write=ended,
    summary=ended_summary,
    asks=False,
)
