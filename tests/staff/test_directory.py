"""Does the municipality's directory let in whom it knows, and nobody else? A real OpenID provider says."""

from collections.abc import Iterator
from typing import Any

import oidc_provider_mock
import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.test import Client, override_settings

from config import logins
from tests.staff import entrance
from wastecal.staff import people
from wastecal.staff.entrance import directory as trusted
from wastecal.staff.entrance.issuer import Directory
from wastecal.staff.models import AccountNote, Person
from wastecal.staff.roles import Role

pytestmark = [
    pytest.mark.usefixtures("holmby"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # the provider's own
]
ROLES = "CN=Avfall läser,OU=Grupper,DC=kommun=läsa; avfall-publicera=publicera; it=administrera"
DOOR = "/personal/logga-in/katalog/"


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with oidc_provider_mock.run_server_in_thread() as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture(autouse=True)
def _directory(issuer: str) -> Iterator[None]:
    with override_settings(DIRECTORY=directory(issuer)):
        yield


def directory(issuer: str, **more: str) -> Directory | None:
    said = {
        "OIDC_ISSUER": issuer,
        "OIDC_CLIENT_ID": "wastecal",
        "OIDC_CLIENT_SECRET": "s",
        "OIDC_ROLES": ROLES,
    }
    return logins.directory(said | more, production=False)


def knows(issuer: str, subject: str, *groups: str, **claims: Any) -> None:
    """The directory has this person in these groups."""
    requests.put(f"{issuer}/users/{subject}", json={"groups": list(groups), **claims}, timeout=5)


def logged_in(subject: str, client: Client | None = None, door: str = DOOR) -> tuple[Client, Any]:
    """A browser in which somebody has gone to the directory and come back, and what they got then."""
    client = client or Client()
    there = client.post(door)["Location"]
    back = requests.post(there, data={"sub": subject}, allow_redirects=False, timeout=5)
    return client, client.get(back.headers["Location"].replace("http://testserver", ""))


def test_whoever_is_in_a_group_gets_its_role_and_is_asked_for_our_second_factor(issuer: str) -> None:
    knows(issuer, "s-1", "avfall-publicera", "kör", name="Anna Ek", preferred_username="anna.ek")
    client, answer = logged_in("s-1")
    person = Person.objects.get()
    assert (person.username, str(person), person.role) == ("anna.ek", "Anna Ek", Role.PUBLISH)
    assert not person.has_usable_password()
    assert answer["Location"] == "/personal/"
    assert client.get("/personal/")["Location"] == "/personal/sakerhet/"


def test_a_group_s_name_may_hold_commas_and_equals_signs(issuer: str) -> None:
    knows(issuer, "s-2", "CN=Avfall läser,OU=Grupper,DC=kommun")
    logged_in("s-2")
    assert Person.objects.get().role == Role.READ


def test_of_several_groups_the_highest_role_counts(issuer: str) -> None:
    knows(issuer, "s-3", "it", "avfall-publicera")
    logged_in("s-3")
    assert Person.objects.get().role == Role.ADMINISTER


def test_whoever_is_in_no_group_of_ours_is_told_so_and_gets_no_account(issuer: str) -> None:
    knows(issuer, "s-4", "skola")
    client, answer = logged_in("s-4")
    assert answer.status_code == 403
    assert "Du har inget konto här" in answer.content.decode()
    assert not Person.objects.exists()
    assert client.get("/personal/").status_code == 302


def test_roles_follow_the_groups_at_every_log_in(issuer: str) -> None:
    knows(issuer, "s-5", "it")
    logged_in("s-5")
    knows(issuer, "s-5", "avfall-publicera")
    logged_in("s-5")
    assert Person.objects.get().role == Role.PUBLISH
    done = list(AccountNote.objects.values_list("by", "what", "detail"))
    changed = ("(directory)", "changed", "administer → publish")
    assert done == [changed, ("(directory)", "made", "administer")]


def test_whoever_left_the_groups_is_refused_and_logged_out_everywhere(issuer: str) -> None:
    knows(issuer, "s-6", "it")
    client, _ = logged_in("s-6")
    entrance.admit(client, Person.objects.get())
    assert client.get("/personal/").status_code == 200
    knows(issuer, "s-6")
    assert logged_in("s-6")[1].status_code == 403
    assert client.get("/personal/")["Location"].startswith("/personal/logga-in/")


def test_the_same_address_or_name_is_not_the_same_person(issuer: str) -> None:
    ours = people.make("anna", Role.ADMINISTER, (), entrance.PASSWORD, by="")
    Person.objects.update(email="anna@kommun.example")
    claims = {"email": "anna@kommun.example", "email_verified": True, "preferred_username": "anna"}
    knows(issuer, "s-7", "avfall-publicera", **claims)
    logged_in("s-7")
    theirs = Person.objects.exclude(pk=ours.pk).get()
    assert theirs.username != "anna"
    assert not theirs.email
    assert Person.objects.get(pk=ours.pk).role == Role.ADMINISTER


def test_the_same_subject_of_another_issuer_is_not_the_same_person(issuer: str) -> None:
    knows(issuer, "s-8", "it")
    logged_in("s-8")
    with oidc_provider_mock.run_server_in_thread() as other:
        elsewhere = f"http://localhost:{other.server_port}"
        knows(elsewhere, "s-8", "avfall-publicera")
        with override_settings(DIRECTORY=directory(elsewhere)):
            logged_in("s-8")
    assert sorted(Person.objects.values_list("role", flat=True)) == ["administer", "publish"]


def test_a_token_of_another_issuer_is_refused(issuer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    knows(issuer, "s-9", "it")
    asked = trusted.application()
    monkeypatch.setattr(trusted, "application", lambda: asked)  # still asks the one and trusts another
    with override_settings(DIRECTORY=directory("https://else.example")):
        assert logged_in("s-9")[1].status_code == 401
    assert not Person.objects.exists()


@pytest.mark.parametrize("claim", [{"amr": ["pwd", "mfa"]}, {"amr": "mfa"}, {"acr": "loa3"}])
def test_the_directory_s_second_factor_counts_where_we_were_told_so(
    issuer: str, claim: dict[str, Any]
) -> None:
    knows(issuer, "s-10", "it", **claim)
    with override_settings(DIRECTORY=directory(issuer, OIDC_SECOND_FACTORS="mfa loa3")):
        assert logged_in("s-10")[0].get("/personal/").status_code == 200
    assert logged_in("s-10")[0].get("/personal/").status_code == 302
    knows(issuer, "s-10", "it", amr=["pwd"])
    with override_settings(DIRECTORY=directory(issuer, OIDC_SECOND_FACTORS="mfa loa3")):
        assert logged_in("s-10")[0].get("/personal/").status_code == 302


def test_whoever_comes_from_the_directory_comes_in_by_it_alone(issuer: str) -> None:
    knows(issuer, "s-11", "it", preferred_username="bo")
    logged_in("s-11")
    bo = Person.objects.get()
    bo.set_password(entrance.PASSWORD)
    bo.save()
    answer = Client().post("/personal/logga-in/", {"login": "bo", "password": entrance.PASSWORD})
    assert answer.status_code == 403


def test_a_closed_account_stays_closed(issuer: str) -> None:
    knows(issuer, "s-12", "it")
    logged_in("s-12")
    people.deactivate(Person.objects.get(), by="")
    assert logged_in("s-12")[1]["Location"] == "/personal/avstangt/"


def test_an_account_of_ours_is_not_tied_to_the_directory_by_a_link(issuer: str) -> None:
    anna = people.make("anna", Role.READ, (), entrance.PASSWORD, by="")
    client = Client()
    client.force_login(anna)
    entrance.admit(client, anna)
    knows(issuer, "s-13", "it")
    assert logged_in("s-13", client, f"{DOOR}?process=connect")[1].status_code == 403
    assert not SocialAccount.objects.exists()


def test_an_answer_that_nobody_asked_for_is_refused(issuer: str) -> None:
    knows(issuer, "s-14", "it")
    there = Client().post(DOOR)["Location"]
    back = requests.post(there, data={"sub": "s-14"}, allow_redirects=False, timeout=5).headers["Location"]
    assert Client().get(back.replace("http://testserver", "")).status_code == 401


def test_whoever_changes_their_mind_at_the_directory_comes_back_to_the_door() -> None:
    client = Client()
    there = client.post(DOOR)["Location"]
    back = requests.post(there, data={"action": "deny"}, allow_redirects=False, timeout=5).headers["Location"]
    answer = client.get(f"{DOOR}svar/?{back.partition('?')[2]}", follow=True)
    assert answer.status_code in (200, 401)
    assert "Logga in" in answer.content.decode()


def test_a_directory_that_is_gone_is_told_in_words_and_our_own_accounts_work() -> None:
    anna = people.make("anna", Role.ADMINISTER, (), entrance.PASSWORD, by="")
    entrance.with_app(anna)
    with override_settings(DIRECTORY=directory("http://localhost:9")):
        answer = Client().post(DOOR)
        assert "Kommunens katalog släppte inte in dig" in answer.content.decode()
        client = Client()
        client.post("/personal/logga-in/", {"login": "anna", "password": entrance.PASSWORD})
        assert client.post("/personal/logga-in/kod/", {"code": entrance.code()}).status_code == 302
        assert client.get("/personal/konton/").status_code == 200


def test_one_address_is_registered_for_all_languages() -> None:
    there = Client().post(f"/en{DOOR}")["Location"]
    assert "redirect_uri=http%3A%2F%2Ftestserver%2Fpersonal%2Flogga-in%2Fkatalog%2Fsvar%2F" in there


def test_a_link_adds_nothing_to_what_the_directory_is_asked() -> None:
    there = Client().post(f"{DOOR}?scope=offline_access&auth_params=prompt%3Dnone")["Location"]
    assert "offline_access" not in there
    assert "prompt" not in there
    assert "code_challenge=" in there


def test_little_of_what_the_directory_says_is_kept(issuer: str) -> None:
    knows(issuer, "s-15", "it", email="x@kommun.example", phone_number="070-1", name="Bo Ek")
    logged_in("s-15")
    assert set(SocialAccount.objects.get().extra_data) == {"iss", "sub", "groups"}


def test_without_a_directory_there_is_no_such_door() -> None:
    with override_settings(DIRECTORY=None):
        for path in (DOOR, f"{DOOR}svar/"):
            assert Client().get(path).status_code == 404
        assert "kommunens konto" not in Client().get("/personal/logga-in/").content.decode()
    assert "kommunens konto" in Client().get("/personal/logga-in/").content.decode()
