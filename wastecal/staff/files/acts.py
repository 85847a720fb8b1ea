"""What does a file of deviations write, and what is said of it?"""

from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from wastecal.edits import Write
from wastecal.importing import overrides
from wastecal.preview import Preview
from wastecal.staff import words
from wastecal.staff.acts import Act, Said
from wastecal.staff.files.form import FileForm, received


def write(said: Said) -> Write:
    return overrides.planned(said["lines"]).write()


def summary(said: Said) -> str:
    """`Inläst: 12 avvikelser ur jul.xlsx`."""
    count = len(said["lines"])
    text = ngettext("Read in: %(number)d deviation", "Read in: %(number)d deviations", count) % {
        "number": count
    }
    return gettext("%(what)s from %(file)s") % {"what": text, "file": said["name"]} if said["name"] else text


def plan(said: Said, shown: Preview) -> dict[str, Any]:
    """How many rows are new, changed, or stand there already."""
    found = overrides.planned(said["lines"]).changes["overrides"]
    same = len(said["lines"]) - len(found.begun)
    return {
        "rows": words.number(len(said["lines"])),
        "added": words.number(found.added) if found.added else "",
        "changed": words.number(len(found.changed)) if found.changed else "",
        "same": words.number(same) if same else "",
    }


IMPORT = Act(
    name="import",
    path="filer/las-in/",
    title=_("Read in a file"),
    form=FileForm,
    write=write,
    summary=summary,
    template="import",
    received=received,
    aside=plan,
    aside_template="wastecal/staff/parts/plan.html",
)
