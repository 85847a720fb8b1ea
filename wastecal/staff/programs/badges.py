"""Who asks: somebody with a session of two factors, or a program with a token? And may they?"""

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from wastecal.staff.models import Person
from wastecal.staff.programs import tokens
from wastecal.staff.roles import SAID, Role

SCHEME = "Bearer"


class Bearer(BaseAuthentication):
    """A token in the header Authorization. A wrong one is refused, whatever else was sent."""

    def authenticate(self, request: Request) -> tuple[Person, str] | None:
        scheme, _sep, text = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        if scheme.casefold() != SCHEME.casefold():
            return None
        person = tokens.person_of(text.strip(), timezone.now())
        if person is None:
            raise AuthenticationFailed
        return person, "token"

    def authenticate_header(self, request: Request) -> str:
        return SCHEME


class Session(SessionAuthentication):
    """A session in which two factors were shown (entrance/guard.py), with its CSRF token."""

    def authenticate(self, request: Request) -> tuple[Person, str] | None:
        person = request._request.user
        if not isinstance(person, Person) or not person.is_active:
            return None
        self.enforce_csrf(request)
        return person, "session"

    def enforce_csrf(self, request: Request) -> None:
        try:
            super().enforce_csrf(request)
        except PermissionDenied as denied:
            raise PermissionDenied(_("The CSRF token is missing or wrong.")) from denied


def may(role: Role) -> type[BasePermission]:
    """Lets those in whose role covers this one."""

    class May(BasePermission):
        message: Any = _refusal(role)

        def has_permission(self, request: Request, view: Any) -> bool:
            return isinstance(request.user, Person) and request.user.may(role)

    return May


class _Refusal:
    """The sentence for those whose role is too small, made when it is said."""

    def __init__(self, role: Role) -> None:
        self.role = role

    def __str__(self) -> str:
        return _("That takes the role “%(role)s”.") % {"role": SAID[self.role]}


_refusal: Callable[[Role], Any] = _Refusal
