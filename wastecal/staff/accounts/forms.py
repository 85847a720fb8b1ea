"""What does an administrator fill in about an account?"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wastecal import answers
from wastecal.staff.models import Person
from wastecal.staff.roles import SAID, Role


class Duties(forms.Form):
    """The role, and the zones that a foreman may publish for."""

    role = forms.ChoiceField(choices=list(SAID.items()), error_messages={"required": _("Choose a role.")})
    zones = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        known = [(zone.code, f"{zone.code} {zone.name}") for zone in answers.zones()]
        self.fields["zones"] = forms.MultipleChoiceField(choices=known, required=False)

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class NewAccount(Duties):
    name = forms.CharField(
        max_length=150,
        validators=[Person.username_validator],
        error_messages={"required": _("Write the user name that the person will log in with.")},
    )

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if Person.objects.filter(username__iexact=name).exists():
            raise ValidationError(_("There is an account with this user name already."))
        return name
