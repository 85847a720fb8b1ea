"""Is a token shown once, kept as a digest, and worth nothing when its time or its person's has come?"""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from lxml import html

from tests import town
from tests.staff.programs.test_writing import NOTICE, Program, send
from wastecal.staff import people
from wastecal.staff.models import AccountNote, Person, Token
from wastecal.staff.programs import tokens
from wastecal.staff.roles import Role

pytestmark = pytest.mark.usefixtures("holmby")

PAGE = "/personal/program/"
ClientOf = Callable[..., Client]
NEW = {"name": "Vägväder", "role": "publish", "days": "30"}


def made_on_the_page(client: Client, **more: str) -> str:
    found = client.post(PAGE, NEW | more)
    assert found.status_code == 200, found.content
    page = html.fromstring(found.content)
    return str(page.xpath("//main//code/text()")[0])  # type: ignore[index]


def writes(text: str) -> int:
    headers = {"Authorization": f"Bearer {text}", "If-Match": '"1"'}
    status: int = send(
        Client(), "preview", {"notice": {**NOTICE, "shown_until": "2027-01-20"}}, headers
    ).status_code
    return status


def test_a_token_is_shown_once_and_kept_as_a_digest(client_of: ClientOf) -> None:
    client = client_of(Role.PUBLISH)
    text = made_on_the_page(client)
    token = Token.objects.get()
    assert text.startswith(tokens.PREFIX)
    assert len(text) > 50
    assert text not in " ".join(map(str, Token.objects.values_list().get()))
    assert text not in client.get(PAGE).content.decode()
    assert (token.role, token.expires_at - token.made_at) == ("publish", timedelta(days=30))
    assert writes(text) == 200


def test_the_page_tells_when_it_was_used_last(client_of: ClientOf) -> None:
    client = client_of(Role.PUBLISH)
    text = made_on_the_page(client)
    assert "Har aldrig använts." in client.get(PAGE).content.decode()
    writes(text)
    assert "Användes senast 2026-11-23" in client.get(PAGE).content.decode()


def test_a_revoked_token_is_worth_nothing(client_of: ClientOf) -> None:
    client = client_of(Role.PUBLISH)
    text = made_on_the_page(client)
    assert client.post(PAGE, {"revoke": Token.objects.get().pk}).status_code == 302
    assert writes(text) == 401
    assert [note.what for note in AccountNote.objects.order_by("pk")] == ["token_made", "token_revoked"]


def test_nobody_revokes_or_sees_the_tokens_of_others(client_of: ClientOf) -> None:
    program = Program(Role.PUBLISH)
    client = client_of(Role.ADMINISTER)
    assert client.post(PAGE, {"revoke": program.token.pk}).status_code == 404
    assert client.post(PAGE, {"revoke": "x"}).status_code == 404
    assert "Återkalla" not in client.get(PAGE).content.decode()
    assert writes(program.text) == 200


def test_a_token_ends_with_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    program = Program(Role.PUBLISH)
    monkeypatch.setattr(timezone, "now", lambda: town.NOON + timedelta(days=30, seconds=-1))
    assert writes(program.text) == 200
    monkeypatch.setattr(timezone, "now", lambda: town.NOON + timedelta(days=30))
    assert writes(program.text) == 401


@pytest.mark.parametrize(
    "what",
    [
        lambda person: people.deactivate(person, by="x"),
        lambda person: people.end_sessions(person, by="x"),
        lambda person: people.reset_second_factor(person, by="x"),
        lambda person: people.new_password(person, "y", by="x"),
    ],
)
def test_a_token_ends_with_the_sessions_of_its_person(what: Callable[[Person], None]) -> None:
    program = Program(Role.PUBLISH)
    assert writes(program.text) == 200
    what(program.person)
    assert writes(program.text) == 401


def test_nobody_makes_a_token_for_more_than_they_may(client_of: ClientOf) -> None:
    client = client_of(Role.PROPOSE)
    assert client.post(PAGE, NEW).status_code == 400
    assert client.post(PAGE, NEW | {"role": "administer"}).status_code == 400
    assert client_of(Role.ADMINISTER).post(PAGE, NEW | {"role": "administer"}).status_code == 400
    assert Token.objects.count() == 0


@pytest.mark.parametrize("wrong", [{"name": ""}, {"role": ""}, {"days": "3650"}, {"name": "=1"}])
def test_what_is_missing_is_said_and_what_was_written_stays(
    client_of: ClientOf, wrong: dict[str, str]
) -> None:
    found = client_of(Role.PUBLISH).post(PAGE, NEW | wrong)
    assert found.status_code == 400
    assert "govuk-error-message" in found.content.decode()
    assert Token.objects.count() == 0


def test_who_comes_from_the_directory_gets_none_and_an_old_one_holds_no_longer(
    client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = Program(Role.PUBLISH)
    client = client_of(Role.PUBLISH)
    monkeypatch.setattr(Person, "from_directory", True)
    assert client.post(PAGE, NEW).status_code == 403
    assert Token.objects.count() == 1
    assert writes(program.text) == 401


def test_who_may_only_read_needs_no_token(client_of: ClientOf) -> None:
    assert client_of(Role.READ).get(PAGE).status_code == 403
