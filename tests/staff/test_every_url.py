"""Can anybody do what they may not? Every URL of the staff and of IT × every role × every method."""

from collections.abc import Callable, Iterable
from itertools import cycle, product
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.test import Client

from tests.staff import urls
from tests.staff.urls import Url
from wastecal.models import Edit
from wastecal.staff import desk
from wastecal.staff.models import AccountNote, Person
from wastecal.staff.roles import Role

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
WITHOUT_A_DOOR = {
    *("account_login", "account_logout", "account_inactive", "account_reauthenticate"),
    *("account_change_password", "directory_login", "directory_callback", "socialaccount_login_cancelled"),
    *("mfa_index", "mfa_authenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"),
    *("mfa_login_webauthn", "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes"),
    *("mfa_generate_recovery_codes", "mfa_download_recovery_codes", "mfa_list_webauthn"),
    *("mfa_add_webauthn", "mfa_remove_webauthn"),
}
"""The pages by which one comes in, and each person's own second factor. Nothing of the town is on them."""

STAFF = [url for url in urls.below("/personal/") if url.name not in WITHOUT_A_DOOR]
ENTRANCE = [url for url in urls.below("/personal/") if url.name in WITHOUT_A_DOOR]
IT = urls.below("/admin/")
LOG_IN, SETTING_UP = "/personal/logga-in/", "/personal/sakerhet/"


def asked(
    clients: Iterable[Client], among: list[Url], methods: Iterable[str] = METHODS
) -> dict[tuple[str, str], tuple[int, str]]:
    """The status and the address that one is sent to, for every URL and method; the clients take turns."""
    found = {}
    for client, (url, method) in zip(cycle(clients), product(among, methods), strict=False):
        answer = client.generic(method, url.path)
        found[url.path, method] = (answer.status_code, answer.headers.get("Location", ""))
    return found


def _unwritten(_request: HttpRequest, _template: str, *, status: int = 200, **_context: Any) -> HttpResponse:
    return HttpResponse(status=status)


@pytest.fixture
def unwritten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether one is let in is decided before a page is written, and a thousand refusals look alike."""
    monkeypatch.setattr(desk, "page", _unwritten)
    monkeypatch.setattr(TemplateResponse, "rendered_content", "")


def half_way(role: Role) -> Client:
    """Somebody who has shown a password only."""
    client = Client()
    client.force_login(Person.objects.create_user(f"half-{role}", role=role))
    return client


def test_every_url_is_found_and_is_what_it_is_called() -> None:
    assert len(STAFF) >= 3
    assert len(IT) > 100
    assert {url.name for url in ENTRANCE} == WITHOUT_A_DOOR


def test_every_view_of_the_staff_has_a_door() -> None:
    assert [url.name for url in STAFF if not isinstance(url.role, Role)] == []


@pytest.mark.usefixtures("holmby")
def test_a_stranger_is_asked_to_log_in_wherever_they_go() -> None:
    for place, (status, where) in asked([Client()], STAFF + IT).items():
        assert (status, where.partition("?")[0]) == (302, LOG_IN), place


@pytest.mark.usefixtures("holmby")
def test_a_stranger_gets_no_page_of_the_staff_by_the_entrance_either() -> None:
    client = Client()
    for url in ENTRANCE:
        for method in METHODS:
            answer = client.generic(method, url.path)
            assert b'class="sections"' not in answer.content, (url.path, method)
            assert answer.status_code < 500, (url.path, method)


@pytest.mark.usefixtures("holmby")
def test_who_has_shown_a_password_only_is_led_to_the_second_step() -> None:
    """Four roles take turns at five methods: each comes to every URL; by night each with every method."""
    clients = [half_way(role) for role in Role]
    assert len(METHODS) == len(clients) + 1
    for place, answer in asked(clients, STAFF + IT).items():
        assert answer == (302, SETTING_UP), place


@pytest.mark.nightly
@pytest.mark.usefixtures("holmby")
@pytest.mark.parametrize("role", list(Role))
def test_no_role_comes_further_with_a_password_only(role: Role) -> None:
    for place, answer in asked([half_way(role)], STAFF + IT).items():
        assert answer == (302, SETTING_UP), place


@pytest.mark.usefixtures("unwritten")
@pytest.mark.parametrize("role", list(Role))
def test_no_role_can_do_what_its_door_does_not_allow(client_of: Callable[..., Client], role: Role) -> None:
    client = client_of(role)
    before = (Edit.objects.count(), AccountNote.objects.count())
    closed = [url for url in STAFF + IT if not role.covers(url.role or Role.ADMINISTER)]
    for place, answer in asked([client], closed).items():
        is_log_in = place[0] == "/admin/login/"  # sends everybody on
        assert answer == (403, "") or is_log_in, place
    assert (Edit.objects.count(), AccountNote.objects.count()) == before
    assert bool(closed) == (role is not Role.ADMINISTER)


@pytest.mark.parametrize("role", list(Role))
def test_every_role_sees_what_its_door_allows(client_of: Callable[..., Client], role: Role) -> None:
    for place, (status, where) in asked([client_of(role)], opened(role), ["GET"]).items():
        assert not where.startswith((LOG_IN, SETTING_UP)), place
        assert status != 403, place
        assert status < 500, place


@pytest.mark.usefixtures("unwritten")
@pytest.mark.parametrize("role", list(Role))
def test_every_role_can_do_what_its_door_allows(client_of: Callable[..., Client], role: Role) -> None:
    for place, (status, where) in asked([client_of(role)], opened(role), METHODS[1:]).items():
        assert not where.startswith((LOG_IN, SETTING_UP)), place
        assert status < 500, place


def opened(role: Role) -> list[Url]:
    return [url for url in STAFF if url.role and role.covers(url.role)]


def test_it_reaches_every_table(client_of: Callable[..., Client]) -> None:
    for place, (status, where) in asked([client_of(Role.ADMINISTER)], IT, ["GET"]).items():
        assert not where.startswith(SETTING_UP), place
        assert status < 500, place


@pytest.mark.usefixtures("unwritten")
def test_it_may_write_nothing_that_is_numbered(client_of: Callable[..., Client]) -> None:
    client = client_of(Role.ADMINISTER)
    before = AccountNote.objects.count()
    for place, (status, where) in asked([client], IT, METHODS[1:]).items():
        assert not where.startswith(SETTING_UP), place
        assert status < 500, place
    assert (Edit.objects.count(), AccountNote.objects.count()) == (1, before)


@pytest.mark.usefixtures("holmby")
def test_the_second_language_has_the_same_doors() -> None:
    for url in STAFF + ENTRANCE:
        status = Client().get(f"/en{url.path}").status_code
        assert status == (302 if url in STAFF else Client().get(url.path).status_code), url


def test_a_role_that_was_taken_back_is_gone_with_the_next_request(client_of: Callable[..., Client]) -> None:
    client = client_of(Role.ADMINISTER)
    assert client.get("/personal/konton/").status_code == 200
    Person.objects.update(role=Role.READ)
    assert client.get("/personal/konton/").status_code == 403
    assert client.get("/admin/").status_code == 403


def test_django_s_own_flags_open_nothing(client_of: Callable[..., Client]) -> None:
    client = client_of(Role.PUBLISH)
    Person.objects.update(is_staff=True, is_superuser=True)
    assert client.get("/admin/").status_code == 403
