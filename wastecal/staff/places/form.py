"""What is known of an address, as somebody writes it down; which one goes, and into which?"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wastecal import answers
from wastecal.core import addresses
from wastecal.core.rows import Address
from wastecal.models import Address as AddressRow
from wastecal.staff import whom
from wastecal.staff.acts.forms import ActForm, CleanText

LONGEST_NAME = 100
KINDS = {
    "": _("Not known"),
    "villa": _("House"),
    "fritidshus": _("Holiday house"),
    "flerbostadshus": _("Block of flats"),
    "verksamhet": _("Business"),
}
_POINT = re.compile(r"(-?\d{1,2}[.,]\d{1,15})\s*[,; ]\s*(-?\d{1,3}[.,]\d{1,15})")


def live(slug: str) -> Address | None:
    """The live address with this slug of its own."""
    row = AddressRow.objects.filter(slug=slug, ended_edit=None).order_by("pk").first()
    return cast(Address, row.to_core()) if row else None


def label(row: Address) -> str:
    return addresses.label(row.street, row.number, row.letter, row.postcode, row.locality)


def zone_on(slug: str, day: date) -> str:
    """The zone of a live address on a day; "" for none."""
    answer = answers.for_address(slug, day)
    return answer.place.zone_on(day) if answer else ""


class NewAddressForm(ActForm):
    """An address; `cleaned_data["row"]` is it, with the slug of its name."""

    street = CleanText(
        required=True,
        max_length=LONGEST_NAME,
        label=_("Street, or the name of the place"),
        error_messages={"required": _("Write the street.")},
    )
    number = CleanText(
        max_length=20, label=_("Number"), help_text=_("With its letter if it has one, for example 12 B")
    )
    postcode = CleanText(max_length=10, label=_("Postcode"), help_text=_("For example 236 51"))
    locality = CleanText(
        required=True,
        max_length=LONGEST_NAME,
        label=_("Town"),
        error_messages={"required": _("Write the town.")},
    )
    kind = forms.ChoiceField(required=False, label=_("Kind of address"), choices=list(KINDS.items()))
    zone = forms.ChoiceField(required=False, label=_("Zone"))
    point = CleanText(
        max_length=60,
        label=_("Position on the map"),
        help_text=_("Latitude and longitude, for example 55.4187, 12.8391. It may be left empty."),
    )
    report = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1)

    def __init__(
        self, today: date, data: Mapping[str, Any] | None = None, initial: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(today, data, initial)
        zones = [(row.code, whom.zone_name(row.code, row.name)) for row in answers.zones()]
        cast(forms.ChoiceField, self.fields["zone"]).choices = [("", whom.zone_name("")), *zones]

    def clean_street(self) -> str:
        return self._name("street")

    def clean_locality(self) -> str:
        return self._name("locality")

    def _name(self, field: str) -> str:
        text = " ".join(self.cleaned_data[field].split())
        if text and addresses.slug_part(text) == addresses.slug_part(""):
            raise forms.ValidationError(gettext("Write a name with letters."))
        if text and not any(char.isalpha() for char in text):
            raise forms.ValidationError(gettext("Write a name with letters."))
        return text

    def clean_number(self) -> tuple[str, str]:
        text = " ".join(self.cleaned_data["number"].split())
        found = addresses.split_number(text) if text else ("", "")
        if found is None:
            raise forms.ValidationError(gettext("Write the number like this: 12 or 12 B."))
        return found

    def clean_postcode(self) -> str:
        digits = "".join(self.cleaned_data["postcode"].split())
        if digits and not re.fullmatch(r"[1-9][0-9]{4}", digits):
            raise forms.ValidationError(gettext("Write the postcode with five figures, like this: 236 51."))
        return digits

    def clean_point(self) -> tuple[float, float] | None:
        text = self.cleaned_data["point"].strip()
        found = _POINT.fullmatch(text)
        if not text:
            return None
        point = tuple(round(float(part.replace(",", ".")), 6) for part in found.groups()) if found else ()
        if len(point) != 2 or abs(point[0]) > 90 or abs(point[1]) > 180:
            raise forms.ValidationError(gettext("Write the position like this: 55.4187, 12.8391."))
        return point[0], point[1]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if not self.errors:
            said["row"] = self.row(said)
        return said

    def row(self, said: Mapping[str, Any]) -> Address:
        lat, lon = said["point"] or (None, None)
        number, letter = said["number"]
        return Address(
            street=said["street"],
            number=number,
            letter=letter,
            postcode=said["postcode"],
            locality=said["locality"],
            slug=addresses.slug(said["locality"], said["street"], number, letter),
            kind=said["kind"],
            zone=said["zone"],
            lat=lat,
            lon=lon,
        )


class AddressForm(NewAddressForm):
    """An address there is, as it should be; `cleaned_data["moved"]`: it belongs to another zone than was
    said of today."""

    address = forms.CharField(widget=forms.HiddenInput, max_length=400)

    def __init__(
        self, today: date, data: Mapping[str, Any] | None = None, initial: Mapping[str, Any] | None = None
    ) -> None:
        asked = data if data is not None else initial or {}
        self.was = live(str(asked.get("address", "")))
        known = _facts(self.was, today) if self.was else {}
        super().__init__(today, data, {**known, **(initial or {})})
        self.fields["zone"].help_text = gettext(
            "Another zone is a correction of every day. Move the address instead where it begins on a day."
        )

    @property
    def about(self) -> str:
        return label(self.was) if self.was else ""

    def clean_address(self) -> str:
        if self.was is None:
            raise forms.ValidationError(gettext("There is no such address any longer."))
        return self.was.slug

    def clean_number(self) -> tuple[str, str]:
        was = self.was
        if was and self.cleaned_data["number"] == was.number + was.letter:
            return was.number, was.letter  # as it came from a file, whatever its form
        return super().clean_number()

    def row(self, said: Mapping[str, Any]) -> Address:
        was = self.was
        assert was
        wanted = super().row(said)
        postcode = was.postcode if "".join(was.postcode.split()) == wanted.postcode else wanted.postcode
        self.cleaned_data["moved"] = moved = wanted.zone != zone_on(was.slug, self.today)
        self.cleaned_data["today"] = self.today
        zone = wanted.zone if moved else was.zone
        return replace(wanted, slug=was.slug, postcode=postcode, zone=zone, also=was.also)


def _facts(row: Address, today: date) -> dict[str, Any]:
    return {
        "street": row.street,
        "number": row.number + row.letter,
        "postcode": row.postcode,
        "locality": row.locality,
        "kind": row.kind,
        "zone": zone_on(row.slug, today),
        "point": "" if row.lat is None else f"{row.lat}, {row.lon}",
    }


class GoneForm(ActForm):
    """Which address goes."""

    address = forms.CharField(widget=forms.HiddenInput, max_length=400)
    report = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1)

    @property
    def about(self) -> str:
        row = live(str((self.data if self.is_bound else self.initial).get("address", "")))
        return label(row) if row else ""

    def clean_address(self) -> str:
        slug = str(self.cleaned_data["address"])
        if live(slug) is None:
            raise forms.ValidationError(gettext("There is no such address any longer."))
        return slug


class MergerForm(GoneForm):
    """Which address goes, and with which it is one: `cleaned_data["other"]` is its slug."""

    into = CleanText(
        required=True,
        max_length=200,
        label=_("Which address is it the same as?"),
        help_text=_("That one stays. For example: Storgatan 12 B, Höllviken"),
        error_messages={"required": _("Write the address that stays.")},
    )

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if "into" not in said:
            return said
        found = whom.understand(said["into"])
        slugs = [scope.partition(":")[2] for scope in found.scopes if scope.startswith("address:")]
        for fault in found.faults:
            self.add_error("into", fault)
        if not found.faults and (len(slugs) != 1 or len(found.scopes) != 1):
            self.add_error("into", gettext("Write one address, with its number."))
        elif slugs == [said.get("address")]:
            self.add_error("into", gettext("That is the same address. Write the one that stays."))
        said["other"] = slugs[0] if len(slugs) == 1 else ""
        return said
