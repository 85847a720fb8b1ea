"""Has whoever asks shown two factors? No view anywhere sees a person who has not."""

import time
from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.functional import SimpleLazyObject

from wastecal import answers
from wastecal.staff.entrance import factors
from wastecal.staff.models import Person
from wastecal.web import frames, language

LONGEST = 12 * 3600
"""Seconds after which everybody logs in anew, so that a role the directory takes back is gone that day."""

_STAFF = ("/personal/", "/admin/")
ADMITTED = "admitted"
_SEEN = "seen"
_SETTING_UP = {
    *("account_login", "account_logout", "account_inactive", "account_reauthenticate"),
    *("mfa_index", "mfa_activate_totp", "mfa_add_webauthn"),
}
"""What a person may see who has logged in and has no second factor yet."""

View = Callable[..., HttpResponseBase]


class SecondFactorMiddleware:
    """Shows a session without its second factor as nobody's, and leads its owner to setting one up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if _is_for_staff(request):
            response.headers.setdefault("Cache-Control", "no-store")
            if isinstance(response, TemplateResponse) and not response.streaming:
                response.content = frames.trimmed(response.content.decode())
        return response

    def process_view(
        self, request: HttpRequest, _view: View, _args: Any, _kwargs: Any
    ) -> HttpResponseBase | None:
        known = request.user
        request.user = SimpleLazyObject(lambda: _admitted_or_nobody(request, known))  # type: ignore[assignment]
        if not _is_for_staff(request):
            return None
        if answers.town() is None:
            return HttpResponse(frames.no_data(request.path), status=503)
        if not isinstance(known, Person):
            return None
        _stay(request)
        if is_admitted(request, known):
            return None
        return _half_way(request, known)


def admit(request: HttpRequest, person: Person) -> None:
    """From now on this session is one with two factors."""
    request.session[ADMITTED] = [person.pk, int(time.time())]


def dismiss(request: HttpRequest) -> None:
    request.session.pop(ADMITTED, None)


def is_admitted(request: HttpRequest, person: Person) -> bool:
    who, since = request.session.get(ADMITTED, (None, 0))
    return bool(who == person.pk and time.time() - since < LONGEST)


def _half_way(request: HttpRequest, person: Person) -> HttpResponseBase | None:
    """Where somebody goes who has shown a password only."""
    if factors.has(person):  # set up after this session began, or the session is too old
        logout(request)
        return redirect_to_login(request.get_full_path())
    if request.resolver_match and request.resolver_match.view_name in _SETTING_UP:
        request.user = person
        return None
    return redirect("mfa_index")


def _admitted_or_nobody(request: HttpRequest, known: Any) -> Person | AnonymousUser:
    return known if isinstance(known, Person) and is_admitted(request, known) else AnonymousUser()


def _is_for_staff(request: HttpRequest) -> bool:
    return language.without_prefix(request.path_info).startswith(_STAFF)


def _stay(request: HttpRequest) -> None:
    """Move the session's end on, at most once a minute: each time is a write."""
    now = int(time.time()) // 60
    if request.session.get(_SEEN) != now:
        request.session[_SEEN] = now
