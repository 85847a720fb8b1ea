"""How is an Edit undone? By an act like any other: checked first, published, and undone again."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wastecal import undoing
from wastecal import words as public
from wastecal.core.rows import Municipality
from wastecal.edits import Write
from wastecal.models import Edit
from wastecal.staff.acts import Act, Refused, Said
from wastecal.staff.acts.forms import ActForm
from wastecal.staff.holidays import guard


class UndoForm(ActForm):
    """Which Edit is undone."""

    edit_undone = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def clean(self) -> dict[str, Any]:
        return {**self.cleaned_data, "today": self.today}

    def clean_edit_undone(self) -> int:
        number = int(self.cleaned_data["edit_undone"])
        if not Edit.objects.filter(number=number).exists():
            raise forms.ValidationError(gettext("There is no such change."))
        return number


def undo(said: Said) -> Write:
    try:
        write = undoing.write(said["edit_undone"])
    except undoing.CannotUndo as error:
        raise Refused(why_not(error)) from error
    guard.check_write(write, said["today"])
    if not write:
        raise Refused(gettext("This change left nothing behind that could be undone."))
    return write


def why_not(error: undoing.CannotUndo) -> str:
    """Why an Edit stays, in words."""
    said = {"number": error.number, "later": error.later}
    if not error.later:
        return gettext("Change %(number)d cannot be undone: the town itself began with it.") % said
    return (
        gettext("Change %(number)d cannot be undone: change %(later)d rests on it or has undone it already.")
        % said
    )


def summary(said: Said) -> str:
    edit = Edit.objects.get(number=said["edit_undone"])
    return gettext("Undone: change %(number)d, %(what)s") % {"number": edit.number, "what": edit.summary}


def tell(said: Said, town: Municipality) -> str:
    edit = Edit.objects.get(number=said["edit_undone"])
    text = gettext("What we said before no longer holds: %(what)s. What held until then holds again.")
    return f"{text % {'what': edit.summary.rstrip('.')}} {public.ask(town)}"


UNDO = Act(
    name="undo",
    path="historik/angra/",
    title=_("Undo a change"),
    form=UndoForm,
    write=undo,
    summary=summary,
    tell=tell,
    asks=False,
)
