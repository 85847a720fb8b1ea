"""Does nobody come in with a password alone, and is everybody out again in time?"""

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from tests import town
from tests.staff import entrance
from wastecal.staff import people
from wastecal.staff.entrance import factors, guard
from wastecal.staff.models import Person
from wastecal.staff.roles import Role

pytestmark = pytest.mark.usefixtures("holmby")

DOOR = "/personal/logga-in/"
SETTING_UP = "/personal/sakerhet/"


@pytest.fixture
def anna() -> Person:
    return people.make("anna", Role.ADMINISTER, (), entrance.PASSWORD, by="")


def with_password(client: Client, password: str = entrance.PASSWORD, address: str = "127.0.0.1") -> Any:
    return client.post(DOOR, {"login": "anna", "password": password}, REMOTE_ADDR=address)


def logged_in(person: Person) -> Client:
    """A browser in which somebody with an app has gone both steps."""
    if not factors.has(person):
        entrance.with_app(person)
    client = Client()
    client.force_login(person)
    entrance.admit(client, person)
    return client


@pytest.mark.parametrize("path", ["/personal/", "/en/personal/", "/personal/konton/", "/admin/"])
def test_a_password_alone_leads_to_setting_up_a_second_step(client: Client, anna: Person, path: str) -> None:
    with_password(client)
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer["Location"].endswith(SETTING_UP)


@pytest.mark.parametrize(
    "path", ["losenord/", "sakerhet/koder/", "sakerhet/koder/nya/", "sakerhet/koder/fil/"]
)
def test_a_password_alone_changes_nothing_else_about_the_account(
    client: Client, anna: Person, path: str
) -> None:
    with_password(client)
    for answer in (client.get(f"/personal/{path}"), client.post(f"/personal/{path}")):
        assert (answer.status_code, answer["Location"]) == (302, SETTING_UP)


def test_whoever_sets_up_an_app_is_in_and_gets_recovery_codes(client: Client, anna: Person) -> None:
    with_password(client)
    page = client.get(f"{SETTING_UP}app/").content.decode()
    secret = re.findall(r'<code id="key">([A-Z2-7]+)</code>', page)[0]
    answer = client.post(f"{SETTING_UP}app/", {"code": entrance.code(secret)}, follow=True)
    assert len(re.findall(r"<code>\d{8}</code>", answer.content.decode())) == 10
    assert client.get("/personal/").status_code == 200


def test_a_wrong_code_sets_up_nothing(client: Client, anna: Person) -> None:
    with_password(client)
    client.get(f"{SETTING_UP}app/")
    assert client.post(f"{SETTING_UP}app/", {"code": "000000"}).status_code == 200
    assert not factors.has(anna)
    assert client.get("/personal/").status_code == 302


def test_the_app_is_asked_for_at_every_log_in(client: Client, anna: Person) -> None:
    entrance.with_app(anna)
    assert with_password(client)["Location"] == f"{DOOR}kod/"
    assert client.get("/personal/").status_code == 302
    assert client.post(f"{DOOR}kod/", {"code": "000000"}).status_code == 200
    assert client.get("/personal/").status_code == 302
    assert client.post(f"{DOOR}kod/", {"code": entrance.code()})["Location"] == "/personal/"
    assert client.get("/personal/").status_code == 200


def test_a_code_is_good_once(anna: Person) -> None:
    entrance.with_app(anna)
    code = entrance.code()
    for expected in (302, 200):
        client = Client()
        with_password(client)
        assert client.post(f"{DOOR}kod/", {"code": code}).status_code == expected


def test_a_recovery_code_is_good_once(anna: Person) -> None:
    entrance.with_app(anna)
    kind = Authenticator.Type.RECOVERY_CODES
    codes = Authenticator.objects.create(user=anna, type=kind, data={"seed": "ab" * 40, "used_mask": 0})
    code = codes.wrap().get_unused_codes()[0]
    for expected in (302, 200):
        client = Client()
        with_password(client)
        assert client.post(f"{DOOR}kod/", {"code": code}).status_code == expected


def test_a_session_from_before_the_second_step_was_set_up_is_closed(client: Client, anna: Person) -> None:
    with_password(client)
    entrance.with_app(anna)
    assert client.get("/personal/")["Location"].startswith(DOOR)
    assert client.get(SETTING_UP)["Location"].startswith(DOOR)


def test_whoever_removes_the_last_factor_sets_up_another_at_once(client: Client, anna: Person) -> None:
    entrance.with_app(anna)
    with_password(client)
    client.post(f"{DOOR}kod/", {"code": entrance.code()})
    assert client.post(f"{SETTING_UP}app/ta-bort/")["Location"] == SETTING_UP
    assert client.get("/personal/")["Location"] == SETTING_UP


def test_a_view_anywhere_sees_nobody_where_only_a_password_was_given(anna: Person) -> None:
    seen = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(request.user)
        return HttpResponse()

    request = RequestFactory().post("/api/v1/anything/")
    request.session = Client().session
    request.user = anna
    guard.SecondFactorMiddleware(view).process_view(request, view, (), {})
    view(request)
    assert isinstance(seen[0], AnonymousUser) or not seen[0].is_authenticated
    guard.admit(request, anna)
    request.user = anna
    guard.SecondFactorMiddleware(view).process_view(request, view, (), {})
    view(request)
    assert seen[1] == anna


def test_another_one_in_the_same_browser_is_not_admitted_by_the_first(anna: Person) -> None:
    client = logged_in(anna)
    session = client.session
    session[guard.ADMITTED] = [anna.pk + 1, session[guard.ADMITTED][1]]
    session.save()
    assert client.get("/personal/").status_code == 302


def test_after_five_wrong_passwords_the_right_one_is_refused_too(client: Client, anna: Person) -> None:
    for _ in range(5):
        with_password(client, "wrong")
    assert "För många misslyckade försök" in with_password(client).content.decode()
    elsewhere = with_password(Client(), address="192.0.2.7")
    assert "För många misslyckade försök" in elsewhere.content.decode()


def test_one_address_may_not_try_many_names(client: Client, anna: Person) -> None:
    for number in range(10):
        client.post(DOOR, {"login": f"person-{number}", "password": "wrong"})
    assert "För många misslyckade försök" in with_password(client).content.decode()
    assert with_password(Client(), address="192.0.2.7").status_code == 302


def test_wrong_codes_are_counted_too(client: Client, anna: Person) -> None:
    entrance.with_app(anna)
    with_password(client)
    for _ in range(5):
        client.post(f"{DOOR}kod/", {"code": "000000"})
    answer = client.post(f"{DOOR}kod/", {"code": entrance.code()})
    assert "För många misslyckade försök" in answer.content.decode()


def test_a_session_ends_when_idle_and_lives_on_while_used(
    anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = logged_in(anna)
    client.get("/personal/")
    for minutes, expected in ((29, 200), (58, 200), (89, 302)):
        later = town.NOON + timedelta(minutes=minutes)
        monkeypatch.setattr(timezone, "now", lambda later=later: later)
        monkeypatch.setattr(guard, "_SEEN", f"seen-{minutes}")  # another minute than the last
        assert client.get("/personal/").status_code == expected


def test_a_page_asked_for_twice_in_a_minute_writes_the_session_once(anna: Person) -> None:
    client = logged_in(anna)
    client.get("/personal/")
    assert "session" not in client.get("/personal/").cookies


def test_everybody_logs_in_anew_after_twelve_hours(anna: Person) -> None:
    client = logged_in(anna)
    session = client.session
    session[guard.ADMITTED] = [anna.pk, session[guard.ADMITTED][1] - guard.LONGEST - 1]
    session.save()
    assert client.get("/personal/")["Location"].startswith(DOOR)


def test_a_closed_account_is_out_with_the_next_request(anna: Person) -> None:
    client = logged_in(anna)
    people.deactivate(anna, by="")
    assert client.get("/personal/")["Location"].startswith(DOOR)
    assert with_password(Client())["Location"] == "/personal/avstangt/"
    assert "stängt" in Client().get("/personal/avstangt/").content.decode()


def test_a_new_password_ends_all_other_sessions(anna: Person) -> None:
    client, other = logged_in(anna), logged_in(anna)
    new = {"oldpassword": entrance.PASSWORD, "password1": "ny-" * 6, "password2": "ny-" * 6}
    assert client.post("/personal/losenord/", new).status_code == 302
    assert client.get("/personal/").status_code == 200
    assert other.get("/personal/").status_code == 302


@pytest.mark.parametrize("act", [people.end_sessions, people.reset_second_factor])
def test_an_administrator_can_end_every_session(anna: Person, act: object) -> None:
    client = logged_in(anna)
    act(anna, by="bo")  # type: ignore[operator]
    assert client.get("/personal/")["Location"].startswith(DOOR)


def test_a_used_up_session_leaves_nothing_behind(anna: Person) -> None:
    client = logged_in(anna)
    client.post("/personal/logga-ut/")
    assert not Session.objects.exists()


def test_nobody_is_led_to_another_site(client: Client, anna: Person) -> None:
    entrance.with_app(anna)
    client.post(f"{DOOR}?next=https://evil.example/", {"login": "anna", "password": entrance.PASSWORD})
    assert client.post(f"{DOOR}kod/", {"code": entrance.code()})["Location"] == "/personal/"


def test_nobody_signs_up_and_nobody_gets_mail(client: Client) -> None:
    for path in ("signup/", "registrera/", "password/reset/", "email/", "3rdparty/"):
        assert client.get(f"/personal/{path}").status_code == 404


def test_an_old_form_is_refused_in_words() -> None:
    answer = Client(enforce_csrf_checks=True).post(DOOR, {"login": "anna"})
    assert answer.status_code == 403
    assert "Formuläret var för gammalt" in answer.content.decode()


@pytest.mark.parametrize("path", [DOOR, "/personal/konton/", "/admin/"])
def test_what_holds_a_secret_is_not_compressed_and_kept_by_nobody(anna: Person, path: str) -> None:
    client = logged_in(anna) if path != DOOR else Client()
    answer = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in answer
    assert "no-store" in answer["Cache-Control"]


def test_a_public_page_is_the_same_for_the_staff_and_sets_no_cookie(client: Client, anna: Person) -> None:
    theirs, ours = logged_in(anna).get("/om/"), client.get("/om/", headers={"Accept-Encoding": "gzip"})
    assert theirs.content == client.get("/om/").content
    assert ours["Content-Encoding"] == "gzip"
    for answer in (theirs, ours):
        assert not answer.cookies
        assert "Cookie" not in answer["Vary"]


def test_cookies_are_kept_from_scripts_and_other_sites(client: Client, anna: Person) -> None:
    client.get(DOOR)
    with_password(client)
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
        assert client.cookies[name]["httponly"]
        assert client.cookies[name]["samesite"] == "Lax"
    assert not client.cookies[settings.SESSION_COOKIE_NAME]["expires"]
