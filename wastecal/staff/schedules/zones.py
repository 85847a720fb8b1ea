"""How does a zone come to be, with its streets, get another name, and go?"""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wastecal import answers, models
from wastecal.core import codecs
from wastecal.core.rows import Zone
from wastecal.edits import Write
from wastecal.staff import whom, words
from wastecal.staff.acts import Act, Refused, Said
from wastecal.staff.acts.forms import ActForm, CleanText, Day
from wastecal.staff.schedules import moving


class ZoneForm(ActForm):
    """A new zone."""

    code = CleanText(
        required=True,
        max_length=20,
        label=_("Code"),
        help_text=_("Short, for example H3. It stands in web addresses and is never changed."),
        error_messages={"required": _("Write the code.")},
    )
    name = CleanText(
        required=True, max_length=80, label=_("Name"), error_messages={"required": _("Write the name.")}
    )

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"]).strip()
        try:
            codecs.CODECS["code"].read(code)
        except ValueError as error:
            raise forms.ValidationError(gettext("Use letters, digits and dashes.")) from error
        if any(row.code.casefold() == code.casefold() for row in answers.zones()):
            raise forms.ValidationError(gettext("There is a zone with this code already."))
        return code

    def clean_name(self) -> str:
        name = " ".join(str(self.cleaned_data["name"]).split())
        if any(row.name.casefold() == name.casefold() for row in answers.zones()):
            raise forms.ValidationError(gettext("There is a zone with this name already."))
        return name


class NewZoneForm(ZoneForm, moving.StreetsForm):
    """A new zone, and perhaps the streets that move to it."""

    whom = CleanText(
        widget=forms.Textarea,
        label=_("Streets or addresses that move to it"),
        help_text=_("One a line. It may be left empty."),
    )
    start = Day(label=_("From which day?"), help_text=_("Leave it empty for today."))


class RenamingForm(ZoneForm):
    """A zone that gets another name; its code stays."""

    code = forms.CharField(widget=forms.HiddenInput, max_length=60)  # type: ignore[assignment]

    @property
    def about(self) -> str:
        code = str((self.data if self.is_bound else self.initial).get("code", ""))
        return next((whom.zone_name(row.code, row.name) for row in answers.zones() if row.code == code), "")

    def clean_code(self) -> str:
        if not self.about:
            raise forms.ValidationError(gettext("There is no such zone any longer."))
        return str(self.cleaned_data["code"])


class GoneForm(ActForm):
    """Which zone goes; `cleaned_data` has its `name` too."""

    code = forms.CharField(widget=forms.HiddenInput, max_length=60)

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        row = models.Zone.objects.filter(code=said.get("code", "")).order_by("-pk").first()
        if row is None:
            raise forms.ValidationError(gettext("There is no such zone any longer."))
        return {**said, "name": row.name, "today": self.today}


def new_zone(said: Said) -> Write:
    moved = moving.move({**said, "zone": said["code"]})
    return Write({"zones": [Zone(said["code"], said["name"])], **moved.begin}, moved.end)


def rename_zone(said: Said) -> Write:
    keys = models.Zone.objects.filter(code=said["code"], ended_edit=None).values_list("pk", flat=True)
    if not keys:
        raise Refused(gettext("There is no such zone any longer."))
    return Write({"zones": [Zone(said["code"], said["name"])]}, {"zones": list(keys)})


def retire_zone(said: Said) -> Write:
    """The zone goes when nobody is in it; its rules stay, for they tell of days that have been."""
    keys = models.Zone.objects.filter(code=said["code"], ended_edit=None).values_list("pk", flat=True)
    if not keys:
        raise Refused(gettext("There is no such zone any longer."))
    coming = models.ZoneMove.objects.filter(
        zone=said["code"], valid_from__gt=said["today"], ended_edit=None
    ).values_list("address", flat=True)
    there = {row.slug for row in answers.addresses_in(said["code"], said["today"])} | set(coming)
    if there:
        told = {"addresses": words.addresses(len(there))}
        raise Refused(
            gettext("To this zone belong, today or later: %(addresses)s. Move them to another zone first.")
            % told
        )
    return Write({}, {"zones": list(keys)})


def zone_named(said: Said) -> str:
    what = {"zone": whom.zone_name(said["code"], said["name"])}
    if not said["meant"].rows:
        return gettext("New zone: %(zone)s") % what
    what |= {"day": words.day(said["start"]), "streets": moving.named(said)}
    return gettext("New zone: %(zone)s, from %(day)s with %(streets)s") % what


def zone_renamed(said: Said) -> str:
    return gettext("Zone renamed: %(zone)s") % {"zone": whom.zone_name(said["code"], said["name"])}


def zone_retired(said: Said) -> str:
    return gettext("Zone retired: %(zone)s") % {"zone": whom.zone_name(said["code"], said["name"])}


NEW_ZONE = Act(
    name="zone_new",
    path="schema/ny-zon/",
    title=_("New zone"),
    form=NewZoneForm,
    write=new_zone,
    summary=zone_named,
)
RENAME_ZONE = Act(
    name="zone_rename",
    path="schema/byt-namn/",
    title=_("Rename a zone"),
    form=RenamingForm,
    write=rename_zone,
    summary=zone_renamed,
)
RETIRE_ZONE = Act(
    name="zone_retire",
    path="schema/ta-bort-zon/",
    title=_("Retire a zone"),
    form=GoneForm,
    write=retire_zone,
    summary=zone_retired,
    asks=False,
)
ACTS = (NEW_ZONE, RENAME_ZONE, RETIRE_ZONE)
