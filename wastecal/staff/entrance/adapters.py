"""Where does django-allauth do as we say: who may come in, in which words, by which directory?"""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wastecal import answers
from wastecal.staff import people
from wastecal.staff.entrance import directory, guard
from wastecal.staff.models import Person
from wastecal.web.years import qr

_RECENT = 300
"""Seconds for which a password or a code just given is not asked for again."""


class Accounts(DefaultAccountAdapter):
    """Accounts are made by administrators; nobody signs up, and nothing is sent by mail."""

    error_messages = {  # noqa: RUF012 - as in the class above
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("The user name or the password is wrong."),
        "incorrect_password": _("That is not your password."),
        "enter_current_password": _("That is not your password."),
        "too_many_login_attempts": _("Too many failed attempts. Wait five minutes and try again."),
        "rate_limited": _("Too many failed attempts. Wait five minutes and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, request: HttpRequest, level: int, *args: Any, **said: Any) -> None:
        if said.get("message"):  # a fault; the others only say what the page shows anyhow
            super().add_message(request, level, *args, **said)

    def pre_login(self, request: HttpRequest, user: Any, **about: Any) -> HttpResponse | None:
        """Who comes from the directory comes in by it alone: else a passkey would outlive their post."""
        by_directory = "sociallogin" in (about.get("signal_kwargs") or {})
        if directory.knows(user) and not by_directory:
            return refused(request)
        return super().pre_login(request, user, **about)  # type: ignore[no-any-return]

    def post_login(self, request: HttpRequest, user: Any, **about: Any) -> HttpResponse:
        social = (about.get("signal_kwargs") or {}).get("sociallogin")
        shown = any(record["method"] == "mfa" for record in get_authentication_records(request, user))
        if shown or (social and directory.vouches(social.account.extra_data)):
            guard.admit(request, user)
        return super().post_login(request, user, **about)  # type: ignore[no-any-return]

    def is_reauthentication_required(self, *, app: str, **about: Any) -> bool:
        """Not by whoever has just logged in: the second factor is set up right after the password."""
        records = get_authentication_records(context.request, context.request.user)
        return not records or time.time() - float(records[-1]["at"]) > _RECENT

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("mfa_index")


class Factors(DefaultMFAAdapter):
    error_messages = {  # noqa: RUF012 - as in the class above
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("The code is wrong, or has been used. Wait for the next one and try again."),
    }

    def get_totp_issuer(self) -> str:
        return self._get_site_name()

    def _get_site_name(self) -> str:
        town = answers.town()
        name = town.name if town else ""
        return gettext("Waste collection, %(town)s") % {"town": name}

    def build_totp_svg(self, url: str) -> str:
        return qr.svg(qr.rows_of(qr.code(url))).decode()  # a secret: `qr.modules` would remember it


class Directories(DefaultSocialAccountAdapter):
    """The one directory of the settings; it decides at every log-in who may do what."""

    def list_apps(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> list[SocialApp]:
        found = directory.application()
        return [found] if found else []

    def get_provider(self, request: HttpRequest, provider: Any, client_id: Any = None) -> directory.Provider:
        return directory.Provider(request, app=self.get_app(request, provider, client_id))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return True  # those without a role of ours did not come so far

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        person = sociallogin.user
        role = directory.role(sociallogin.account.extra_data)
        if role is None and sociallogin.is_existing:
            people.end_sessions(person, by=people.DIRECTORY)
        if role is None or sociallogin.state.get("process", "login") != "login":
            raise ImmediateHttpResponse(refused(request))
        if sociallogin.is_existing:
            people.change(person, by=people.DIRECTORY, role=role)
        else:
            person.role = role

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> Person:
        person: Person = super().save_user(request, sociallogin, form)
        people.note(person, "made", by=people.DIRECTORY, detail=person.role)
        return person


def refused(request: HttpRequest) -> HttpResponse:
    return render(request, "socialaccount/refused.html", status=403)
