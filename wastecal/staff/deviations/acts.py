"""What do the acts on deviations write: a new one, a closed day, one that is withdrawn?"""

from datetime import date

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wastecal import answers, undoing
from wastecal import words as public
from wastecal.core.overrides import Kind, Override
from wastecal.core.pickup import Pickup
from wastecal.core.rows import Municipality
from wastecal.edits import Write
from wastecal.models import Override as OverrideRow
from wastecal.staff import whom, words
from wastecal.staff.acts import Act, Refused, Said
from wastecal.staff.acts.forms import ActForm
from wastecal.staff.deviations import closing, grounds
from wastecal.staff.deviations.form import DeviationForm, What


def deviation(said: Said) -> Write:
    """The overrides that an answered form means."""
    if said["what"] == What.CLOSE:
        return _closed(said)
    rows = [
        Override(
            key="",
            kind=Kind(said["what"]),
            scope=scope,
            containers=tuple(said["containers"]),
            date=said["day"],
            new_date=said["new_day"],
            new_date_until=said["new_day_until"],
            reason=said["reason_text"],
        )
        for scope in said["scopes"]
    ]
    return Write({"overrides": rows}, {})


def _closed(said: Said) -> Write:
    now = answers.known()
    assert now is not None
    order = closing.Order(
        said["day"],
        said["scopes"],
        tuple(said["containers"]),
        said["new_day"],
        said["new_day_until"],
        said["reason_text"],
    )
    try:
        found = closing.of(now.register, order, grounds.ground(now.register))
    except closing.TooWide as wide:
        extra = words.override(wide.extra, whom.names([wide.extra.scope]))
        raise Refused(
            gettext("There is an extra collection that reaches further: %(extra)s. Withdraw it first.")
            % {"extra": extra},
            "whom",
        ) from wide
    return Write({"overrides": found.begin}, undoing.withdrawal(found.end).end)


def summary(said: Said) -> str:
    """`Flyttat från torsdag 15 januari 2027 till fredag 16 januari 2027: Holmby norra (H1)`."""
    return f"{_happening(said)}: {_for_whom(said['scopes'])}"


def _happening(said: Said) -> str:
    when = {"day": words.day(said["day"])}
    if said["new_day"]:
        when["to"] = words.days(said["new_day"], said["new_day_until"])
    match said["what"]:
        case What.CLOSE if said["new_day"]:
            return gettext("Closed on %(day)s, all of it on %(to)s") % when
        case What.CLOSE:
            return gettext("Closed on %(day)s") % when
        case What.MOVE:
            return gettext("Moved from %(day)s to %(to)s") % when
        case What.CANCEL:
            return gettext("Cancelled on %(day)s") % when
        case What.DELAY:
            return gettext("Delayed on %(day)s") % when
    return gettext("Extra on %(day)s") % when


def _for_whom(scopes: tuple[str, ...]) -> str:
    named = whom.names(scopes)
    shown = [named[scope] for scope in scopes[:8]]
    if len(scopes) > 8:
        shown.append(gettext("%(number)d more") % {"number": len(scopes) - 8})
    return public.listing(shown)


def tell(said: Said, town: Municipality) -> str:
    """The text to send by other ways."""
    lines = [
        _sentence(said),
        gettext("It is about %(whom)s: %(containers)s.")
        % {"whom": _for_whom(said["scopes"]), "containers": words.containers(said["containers"])},
    ]
    reason = Pickup("", None, date.min, date.min, reason=said["reason_text"])
    if why := public.reason(reason).text:
        lines.append(gettext("The reason: %(why)s.") % {"why": why.rstrip(".")})
    lines.append(public.ask(town))
    return " ".join(filter(None, lines))


def _sentence(said: Said) -> str:
    when = {"day": words.day(said["day"])}
    if said["new_day"]:
        when["to"] = words.days(said["new_day"], said["new_day_until"])
        return gettext("The waste of %(day)s is collected on %(to)s instead.") % when
    match said["what"]:
        case What.DELAY:
            return gettext("The collection on %(day)s is delayed. Leave the container out.") % when
        case What.ADD:
            return gettext("There is an extra collection on %(day)s.") % when
    return gettext("No waste is collected on %(day)s.") % when


class WithdrawalForm(ActForm):
    """Which override is withdrawn."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def clean_key(self) -> str:
        key = str(self.cleaned_data["key"])
        if not OverrideRow.objects.filter(key=key).exists():
            raise forms.ValidationError(gettext("There is no such deviation."))
        return key


def withdrawal(said: Said) -> Write:
    write = undoing.withdrawal([said["key"]])
    if not write:
        raise Refused(gettext("This deviation has been withdrawn already."))
    return write


def withdrawal_summary(said: Said) -> str:
    row = OverrideRow.objects.get(key=said["key"]).to_core()
    return gettext("Withdrawn: %(what)s") % {
        "what": f"{words.happening(row)}: {whom.names([row.scope])[row.scope]}"
    }


def withdrawal_told(said: Said, town: Municipality) -> str:
    row = OverrideRow.objects.get(key=said["key"]).to_core()
    what = {"what": words.happening(row), "whom": whom.names([row.scope])[row.scope]}
    text = gettext("This no longer holds: %(what)s, %(whom)s. The ordinary days are back.") % what
    return f"{text} {public.ask(town)}"


NEW = Act(
    name="deviation",
    path="avvikelser/ny/",
    title=_("New deviation"),
    form=DeviationForm,
    write=deviation,
    summary=summary,
    tell=tell,
    template="deviation",
)
WITHDRAW = Act(
    name="withdraw",
    path="avvikelser/ta-tillbaka/",
    title=_("Withdraw a deviation"),
    form=WithdrawalForm,
    write=withdrawal,
    summary=withdrawal_summary,
    tell=withdrawal_told,
    asks=False,
)
