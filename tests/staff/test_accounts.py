"""Does an administrator keep the accounts, and is it noted who did what?"""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from tests.staff import entrance
from wastecal.models import Edit
from wastecal.staff import people
from wastecal.staff.entrance import factors
from wastecal.staff.models import AccountNote, Person
from wastecal.staff.roles import Role

ClientOf = Callable[..., Client]
LIST = "/personal/konton/"


@pytest.fixture
def it(client_of: ClientOf) -> Client:
    """The browser of an administrator; the account is called administer-0."""
    return client_of(Role.ADMINISTER)


@pytest.fixture
def bo(holmby: None) -> Person:
    return entrance.with_app(people.make("bo", Role.PROPOSE, ("H1",), entrance.PASSWORD, by=""))


def page(person: Person) -> str:
    return f"{LIST}{person.pk}/"


def notes() -> list[tuple[str, str, str]]:
    return list(AccountNote.objects.filter(person__username="bo").values_list("what", "by", "detail"))


def test_a_new_account_s_password_is_shown_once_and_works(it: Client) -> None:
    said = it.post(LIST, {"name": "bo", "role": "propose", "zones": ["H1"]}).content.decode()
    password = re.findall(r"<code>([a-z-]+)</code>", said)[0]
    bo = Person.objects.get(username="bo")
    assert bo.check_password(password)
    assert (bo.role, bo.zones) == (Role.PROPOSE, ("H1",))
    assert password not in it.get(page(bo)).content.decode()
    assert notes() == [("made", "administer-0", "propose H1")]


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"name": "bo", "role": "read"}, "Det finns redan ett konto"),
        ({"name": "BO", "role": "read"}, "Det finns redan ett konto"),
        ({"name": "", "role": "read"}, "Skriv användarnamnet"),
        ({"name": "two words", "role": "read"}, "användarnamn"),
        ({"name": "eva"}, "Välj en roll"),
        ({"name": "eva", "role": "emperor"}, "emperor"),
        ({"name": "eva", "role": "read", "zones": ["X9"]}, "X9"),
    ],
)
def test_what_cannot_be_is_said_and_makes_no_account(
    it: Client, bo: Person, said: dict[str, str], fault: str
) -> None:
    before = Person.objects.count()
    answer = it.post(LIST, said).content.decode()
    assert fault in answer
    assert "Det gick inte" in answer
    assert f'value="{said["name"]}"' in answer
    assert Person.objects.count() == before


def test_a_new_role_holds_from_the_next_request_on(it: Client, bo: Person) -> None:
    assert it.post(page(bo), {"act": "change", "role": "administer"})["Location"] == page(bo)
    bo.refresh_from_db()
    assert (bo.role, bo.zones) == (Role.ADMINISTER, ())
    assert notes()[0] == ("changed", "administer-0", "propose H1 → administer")


def test_the_same_role_again_is_no_change(it: Client, bo: Person) -> None:
    it.post(page(bo), {"act": "change", "role": "propose", "zones": ["H1"]})
    assert len(notes()) == 1


@pytest.mark.parametrize(
    ("act", "what"),
    [
        ("deactivate", "deactivated"),
        ("activate", "activated"),
        ("end_sessions", "logged_out"),
        ("reset_second_factor", "factor_reset"),
    ],
)
def test_every_act_is_noted_with_who_did_it(it: Client, bo: Person, act: str, what: str) -> None:
    it.post(page(bo), {"act": act})
    assert notes()[0] == (what, "administer-0", "")
    assert "administer-0" in it.get(page(bo)).content.decode()
    bo.refresh_from_db()
    assert bo.is_active == (act != "deactivate")
    assert factors.has(bo) == (act != "reset_second_factor")


def test_a_new_password_is_shown_once_and_the_old_one_is_gone(it: Client, bo: Person) -> None:
    said = it.post(page(bo), {"act": "new_password"}).content.decode()
    bo.refresh_from_db()
    assert bo.check_password(re.findall(r"<code>([a-z-]+)</code>", said)[0])
    assert not bo.check_password(entrance.PASSWORD)


def test_nobody_changes_their_own_account(it: Client) -> None:
    own = Person.objects.get(username="administer-0")
    for act in ("deactivate", "change", "reset_second_factor", "new_password", "end_sessions"):
        assert it.post(page(own), {"act": act, "role": "read"}).status_code == 403
    own.refresh_from_db()
    assert (own.is_active, own.role) == (True, Role.ADMINISTER)


def test_an_act_that_there_is_not_changes_nothing(it: Client, bo: Person) -> None:
    assert it.post(page(bo), {"act": "delete"}).status_code == 400
    assert it.post(page(bo), {"act": "change", "role": "emperor"}).status_code == 400
    assert it.get(f"{LIST}999/").status_code == 404
    assert len(notes()) == 1


def test_accounts_take_no_number_of_an_edit(it: Client, bo: Person) -> None:
    it.post(page(bo), {"act": "deactivate"})
    assert list(Edit.objects.values_list("number", flat=True)) == [1]


def test_made_passwords_are_long_and_never_the_same() -> None:
    made = {people.generated_password() for _ in range(100)}
    assert len(made) == 100
    assert all(len(password) == 34 for password in made)
