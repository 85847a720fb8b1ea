"""Who is it, and what may they do, in the words of the municipality's directory (OpenID Connect)?

A person is who the issuer and the subject say, never who has an e-mail address.
"""

import hashlib
from typing import Any

from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.utils import build_absolute_uri
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from wastecal.staff.entrance.issuer import Directory
from wastecal.staff.models import Person
from wastecal.staff.roles import Role
from wastecal.web import language

ID = "directory"
_KEPT = ("iss", "sub", "acr", "amr")


def setting() -> Directory | None:
    found: Directory | None = settings.DIRECTORY
    return found


def application() -> SocialApp | None:
    """What django-allauth needs to know of the directory; nothing of it is in the database."""
    here = setting()
    if here is None:
        return None
    return SocialApp(
        provider=ID,
        name=here.issuer,
        client_id=here.client_id,
        secret=here.secret,
        settings={"server_url": here.issuer.rstrip("/"), "oauth_pkce_enabled": True},
    )


def knows(person: Person) -> bool:
    """Whether a person comes from the directory, and so may come in by it alone."""
    return person.from_directory


def role(said: dict[str, Any]) -> Role | None:
    """The highest role that the groups give; None for who is in none of ours."""
    here = setting()
    groups = said.get("groups", []) if here else []
    found = [here.roles[group] for group in groups if here and group in here.roles]
    return max(found, key=list(Role).index, default=None)


def vouches(said: dict[str, Any]) -> bool:
    """Whether the directory says that it has seen a second factor, in words that we were told to trust."""
    here = setting()
    methods = said.get("amr") or []
    shown = {said.get("acr"), *([methods] if isinstance(methods, str) else methods)}
    return here is not None and bool(shown & here.factors)


class Client(OpenIDConnectOAuth2Adapter):
    """Asks the directory's endpoints."""

    def __init__(self, request: HttpRequest, provider_id: str = ID) -> None:
        super().__init__(request, provider_id)

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        with translation.override(language.first()):  # one address to register, whatever the language
            return str(build_absolute_uri(request, reverse("directory_callback")))


class Provider(OpenIDConnectProvider):
    """django-allauth's, but that it believes the token alone on who somebody is, and keeps little."""

    id = ID
    oauth2_adapter_class = Client

    def get_login_url(self, request: HttpRequest, **kwargs: Any) -> str:
        return reverse("directory_login")

    def get_callback_url(self) -> str:
        return reverse("directory_callback")

    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> dict[str, str]:
        return dict(self.get_auth_params())  # not what a link adds

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        return list(self.get_scope())

    def get_default_scope(self) -> list[str]:
        return ["openid", "profile"]

    def extract_uid(self, data: dict[str, Any]) -> str:
        token = _token(data)
        return hashlib.sha256(f"{token['iss']} {token['sub']}".encode()).hexdigest()

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        token = _token(data)
        return {**{name: token[name] for name in _KEPT if name in token}, "groups": _groups(data)}

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        claims = _claims(data)
        first, _, last = str(claims.get("name", "")).partition(" ")
        return {
            "username": claims.get("preferred_username", ""),
            "first_name": claims.get("given_name", first),
            "last_name": claims.get("family_name", last),
        }

    def extract_email_addresses(self, data: dict[str, Any]) -> list[Any]:
        return []


def _token(data: dict[str, Any]) -> dict[str, Any]:
    """The ID token's claims, if it is our directory that signed it."""
    token: dict[str, Any] = data.get("id_token") or {}
    here = setting()
    if here is None or not token.get("sub") or str(token.get("iss")).rstrip("/") != here.issuer.rstrip("/"):
        raise OAuth2Error("The ID token is not from the directory that we were told to trust.")
    if (data.get("userinfo") or {}).get("sub", token["sub"]) != token["sub"]:
        raise OAuth2Error("The user info is about somebody else.")
    return token


def _claims(data: dict[str, Any]) -> dict[str, Any]:
    return {**(data.get("userinfo") or {}), **_token(data)}


def _groups(data: dict[str, Any]) -> list[str]:
    here = setting()
    found = _claims(data).get(here.claim, []) if here else []
    return [found] if isinstance(found, str) else [str(group) for group in found]
