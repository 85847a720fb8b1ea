"""How do django-allauth's pages become ours: which session is admitted, and what if something is wrong?"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from requests import RequestException

from wastecal.staff.entrance import directory, factors, guard
from wastecal.staff.models import Person
from wastecal.web import language

View = Callable[..., HttpResponseBase]


def _admitting(view: View) -> View:
    """A page that may set up somebody's first factor, or remove the last: the session follows."""

    @wraps(view)
    def answered(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        person = request.user
        had = isinstance(person, Person) and factors.has(person)
        response = view(request, **kwargs)
        if isinstance(person, Person) and factors.has(person) != had:
            (guard.dismiss if had else lambda asked: guard.admit(asked, person))(request)
        return response

    return answered


activate_totp = _admitting(totp.activate_totp)
deactivate_totp = _admitting(totp.deactivate_totp)
add_webauthn = _admitting(webauthn.add_webauthn)
remove_webauthn = _admitting(webauthn.remove_webauthn)


def keys(_request: HttpRequest) -> HttpResponse:
    """Where django-allauth lists the keys; ours are on the page about the second factor."""
    return redirect("mfa_index")


def change_password(request: HttpRequest) -> HttpResponseBase:
    if isinstance(request.user, Person) and not request.user.has_usable_password():
        return redirect("mfa_index")  # the directory keeps that person's password
    response: HttpResponseBase = account.password_change(request)
    return response


def ask_directory(request: HttpRequest) -> HttpResponseBase:
    _there_is_one()
    try:
        response: HttpResponseBase = OAuth2LoginView.adapter_view(directory.Client(request))(request)
    except RequestException:
        return render(request, "socialaccount/authentication_error.html", status=503)
    return response


def answered_by_directory(request: HttpRequest) -> HttpResponseBase:
    _there_is_one()
    response: HttpResponseBase = OAuth2CallbackView.adapter_view(directory.Client(request))(request)
    return response


def too_many(request: HttpRequest) -> HttpResponse:
    return render(request, "account/too_many.html", status=429)


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open for so long, or came by such ways, that its token does not fit."""
    if not language.without_prefix(request.path_info).startswith("/personal/"):
        return HttpResponse(
            "This form is too old. Go back, load the page again and send it anew.\n", status=403
        )
    return render(request, "account/stale.html", status=403)


def _there_is_one() -> None:
    if settings.DIRECTORY is None:
        raise Http404
