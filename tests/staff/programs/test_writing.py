"""Can a program of the staff write once, on what it has seen, and nobody else at all?"""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import town
from tests.staff import entrance
from wastecal import answers, models
from wastecal.models import Edit
from wastecal.staff.models import Person, Receipt, Replay
from wastecal.staff.programs import tokens
from wastecal.staff.roles import Role

pytestmark = pytest.mark.usefixtures("holmby")

MOVE = {
    "kind": "move",
    "scopes": ["zone:H1"],
    "containers": ["karl-1"],
    "date": "2027-01-07",
    "new_date": "2027-01-08",
    "reason": "weather",
}
NOTICE = {
    "scopes": ["everyone"],
    "text": {"sv": "Snö väntas på onsdag.", "en": "Snow is expected."},
    "shown_from": "2026-11-24",
    "shown_until": "2026-11-27",
}
HOME = f"address:{town.H1}"
WITHDRAWAL = {"what": "override", "key": "1.1"}
ACTS: dict[str, dict[str, Any]] = {"overrides": MOVE, "notices": NOTICE, "withdraw": WITHDRAWAL}
ClientOf = Callable[..., Client]


class Program:
    """A program with a token."""

    def __init__(self, role: Role, of: Role | None = None, *zones: str) -> None:
        name = f"program-{role}-{of}-{len(zones)}"
        self.person = Person.objects.create_user(name, role=of or role, zones=zones)
        self.token, self.text = tokens.make(self.person, "Test", role, 30, timezone.now())

    def post(self, path: str, body: Any, **headers: str) -> Any:
        named = {"Authorization": f"Bearer {self.text}"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        return send(Client(), path, body, named)


def send(client: Client, path: str, body: Any, headers: dict[str, str]) -> Any:
    sent = body if isinstance(body, bytes) else json.dumps(body).encode()
    return client.post(f"/api/v1/{path}", sent, content_type="application/json", headers=headers)


def public() -> list[Any]:
    """Everything public, as it stands in the database."""
    answers.forget()
    return [list(model._default_manager.order_by("pk").values_list()) for model in models.TABLES.values()]


@pytest.mark.parametrize("path", ACTS)
def test_who_may_publish_writes_one_edit_and_is_told_it(path: str) -> None:
    program = Program(Role.PUBLISH)
    found = program.post(path, ACTS[path], if_match='"1"')
    told = found.json()
    assert (found.status_code, found["ETag"], told["edit"]["number"]) == (201, '"2"', 2)
    edit = Edit.objects.get(number=2)
    assert edit.author == str(program.person)
    assert program.person.username not in json.dumps(told)
    assert edit.summary == told["edit"]["summary"] != ""
    assert len(told["keys"]) == (0 if path == "withdraw" else 1)
    assert found["Cache-Control"] == "no-store"
    assert not found.cookies


def test_what_was_written_is_what_residents_are_told(client: Client) -> None:
    Program(Role.PUBLISH).post("overrides", MOVE, if_match='"1"')
    answers.forget()
    pickups = client.get(f"/adress/{town.H1}.json").json()["pickups"]
    moved = [row for row in pickups if row["nominal"] == "2027-01-07" and row["container"] == "karl-1"]
    assert [(row["date"], row["status"], row["reason"]) for row in moved] == [
        ("2027-01-08", "moved", "vädret")
    ]


def test_a_day_can_be_closed() -> None:
    close = {"kind": "close", "scopes": ["everyone"], "date": "2026-11-26", "new_date": "2026-11-28"}
    found = Program(Role.PUBLISH).post("overrides", close, if_match='"1"')
    assert found.status_code == 201
    assert len(found.json()["keys"]) > 0
    assert Receipt.objects.get(edit=2).act == "deviation"


def test_preview_tells_what_would_change_and_changes_nothing() -> None:
    before = public()
    found = Program(Role.PUBLISH).post("preview", {"override": MOVE})
    assert (found.status_code, found["ETag"]) == (200, '"1"')
    told = found.json()
    assert (told["edit"], told["addresses"], told["pickups"], told["zones"]) == (1, 4, 4, ["H1", "H2"])
    assert (told["everyone"], told["allowed"]) == (False, True)
    assert told["loads"] == [
        {"date": "2027-01-07", "before": 4, "after": 0},
        {"date": "2027-01-08", "before": 0, "after": 4},
    ]
    assert public() == before


REFUSED: dict[str, tuple[int, dict[str, str]]] = {
    "nobody": (401, {}),
    "a token that never was": (401, {"Authorization": "Bearer wastecal_x"}),
    "a token of noise": (401, {"Authorization": "Bearer \udcff\udc00"}),
    "another scheme": (401, {"Authorization": "Basic eDp5"}),
}


@pytest.mark.parametrize("path", [*ACTS, "preview"])
@pytest.mark.parametrize("who", REFUSED)
def test_who_is_nobody_is_asked_who_they_are(path: str, who: str) -> None:
    before = public()
    status, headers = REFUSED[who]
    found = send(Client(), path, ACTS.get(path, {"override": MOVE}), {**headers, "If-Match": '"1"'})
    assert (found.status_code, found["WWW-Authenticate"]) == (status, "Bearer")
    assert found["Content-Type"] == "application/problem+json"
    assert public() == before


@pytest.mark.parametrize("path", ACTS)
@pytest.mark.parametrize("token", [Role.READ, Role.PROPOSE, Role.PUBLISH])
@pytest.mark.parametrize("person", [Role.READ, Role.PROPOSE, Role.ADMINISTER])
def test_the_lesser_of_both_roles_counts(path: str, token: Role, person: Role) -> None:
    if {token, person} == {Role.PUBLISH, Role.ADMINISTER}:
        return  # the only two that together may
    before = public()
    found = Program(token, person).post(path, ACTS[path], if_match='"1"')
    assert (found.status_code, found.json()["type"]) == (403, "urn:wastecal:problem:not-allowed")
    assert public() == before


def test_a_foreman_publishes_in_his_zones_and_on_the_nearest_days_only() -> None:
    foreman = Program(Role.PROPOSE, Role.PROPOSE, "H1")
    before = public()
    assert foreman.post("overrides", MOVE, if_match='"1"').status_code == 403
    other = {"kind": "cancel", "scopes": ["zone:H2"], "date": "2026-11-24"}
    assert foreman.post("overrides", other, if_match='"1"').status_code == 403
    assert public() == before
    own = {"kind": "delay", "scopes": ["zone:H1"], "date": "2026-11-26"}
    assert foreman.post("overrides", own, if_match='"1"').status_code == 201


def test_where_two_people_must_agree_a_program_alone_is_not_enough(settings: Any) -> None:
    settings.TWO_PEOPLE = True
    before = public()
    assert Program(Role.PUBLISH).post("notices", NOTICE, if_match='"1"').status_code == 403
    assert public() == before


def test_without_a_condition_nothing_is_written() -> None:
    before = public()
    found = Program(Role.PUBLISH).post("overrides", MOVE)
    assert (found.status_code, found.json()["title"]) == (428, "Ett villkor saknas")
    assert public() == before


def test_on_an_older_edit_nothing_is_written_and_the_others_are_told() -> None:
    program = Program(Role.PUBLISH)
    program.post("notices", NOTICE, if_match='"1"')
    before = public()
    found = program.post("overrides", MOVE, if_match='"1"')
    told = found.json()
    assert (found.status_code, told["newest"]) == (412, 2)
    assert [edit["number"] for edit in told["edits"]] == [2]
    assert told["edits"][0]["changed"] == [{"table": "notices", "begun": 1, "ended": 0}]
    assert public() == before
    assert program.post("overrides", MOVE, if_match='"2"').status_code == 201


@pytest.mark.parametrize("path", ACTS)
def test_the_same_key_again_gets_the_first_answer_and_writes_nothing(path: str) -> None:
    program = Program(Role.PUBLISH)
    first = program.post(path, ACTS[path], if_match='"1"', idempotency_key="a-1")
    before = public()
    again = program.post(path, ACTS[path], if_match='"1"', idempotency_key="a-1")
    assert (again.status_code, again.content, again["ETag"]) == (201, first.content, first["ETag"])
    assert (again["Idempotency-Replayed"], "Idempotency-Replayed" in first) == ("true", False)
    assert public() == before
    other = program.post("notices", {**NOTICE, "scopes": ["zone:H2"]}, if_match='"2"', idempotency_key="a-1")
    assert (other.status_code, other.json()["type"]) == (422, "urn:wastecal:problem:key-used")
    assert public() == before


def test_the_keys_of_others_are_no_hindrance() -> None:
    assert (
        Program(Role.PUBLISH).post("notices", NOTICE, if_match='"1"', idempotency_key="k").status_code == 201
    )
    other = Program(Role.ADMINISTER)
    assert other.post("overrides", MOVE, if_match='"2"', idempotency_key="k").status_code == 201
    assert Replay.objects.count() == 2


@pytest.mark.parametrize(
    ("path", "change", "status", "field"),
    [
        ("overrides", {"kind": "burn"}, 422, "kind"),
        ("overrides", {"scopes": []}, 422, "scopes"),
        ("overrides", {"date": "2027-02-30"}, 422, "date"),
        ("overrides", {"scopes": ["zone:H9"]}, 422, "scopes"),
        ("overrides", {"new_date": "2027-01-07"}, 422, "new_date"),
        ("overrides", {"date": "2029-12-01"}, 422, "date"),
        ("overrides", {"containers": ["karl-9"]}, 422, "containers"),
        ("overrides", {"reason": None, "reason_text": {"sv": "=1+1"}}, 422, "reason_sv"),
        ("overrides", {"scopes": [HOME], "reason": None, "reason_text": {"sv": "x"}}, 422, "reason"),
        ("notices", {"scopes": [HOME]}, 422, "scopes"),
        ("notices", {"text": {"en": "Snow"}}, 422, "text_sv"),
        ("notices", {"shown_until": "2026-11-24"}, 422, "shown_until"),
        ("notices", {"shown_until": "0001-01-01"}, 422, "shown_until"),
        ("withdraw", {"key": "9.9"}, 422, "key"),
        ("withdraw", {"what": "notice", "key": "9.9"}, 422, "key"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_told_field_by_field_and_nothing_is_written(
    path: str, change: dict[str, Any], status: int, field: str
) -> None:
    before = public()
    found = Program(Role.PUBLISH).post(path, {**ACTS[path], **change}, if_match='"1"')
    assert found.status_code == status, found.content
    told = [error["field"] for error in found.json().get("errors", ())]
    assert not field or field in told
    assert found.json()["detail"].endswith(".")
    assert public() == before


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"\xff", 400),
        (b"[" * 50_000, 400),
        (b"", 422),
        (b"[]", 422),
        (b"null", 422),
        (b"1", 422),
    ],
)
def test_what_is_no_object_is_a_problem(body: bytes, status: int) -> None:
    found = Program(Role.PUBLISH).post("overrides", body, if_match='"1"')
    assert (found.status_code, found["Content-Type"]) == (status, "application/problem+json")


def test_only_json_is_taken() -> None:
    program = Program(Role.PUBLISH)
    headers = {"Authorization": f"Bearer {program.text}", "If-Match": '"1"'}
    found = Client().post("/api/v1/overrides", MOVE, headers=headers)
    assert found.status_code == 415


def session_of(role: Role, *, admitted: bool = True) -> Client:
    client = Client(enforce_csrf_checks=True)
    person = Person.objects.create_user(f"session-{role}-{admitted}", role=role)
    client.force_login(person)
    if admitted:
        entrance.admit(client, person)
    return client


def test_a_session_writes_with_its_csrf_token_and_not_without() -> None:
    client = session_of(Role.PUBLISH)
    before = public()
    found = send(client, "overrides", MOVE, {"If-Match": '"1"'})
    assert (found.status_code, found.json()["detail"]) == (403, "CSRF-koden saknas eller är fel.")
    assert public() == before
    page = client.get("/personal/program/").content.decode()
    token = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    assert send(client, "overrides", MOVE, {"If-Match": '"1"', "X-CSRFToken": token}).status_code == 201


def test_a_session_that_has_shown_a_password_only_is_nobodys() -> None:
    before = public()
    client = session_of(Role.ADMINISTER, admitted=False)
    for path, body in {**ACTS, "preview": {"override": MOVE}}.items():
        assert send(client, path, body, {"If-Match": '"1"'}).status_code == 401
    assert public() == before


def test_a_wrong_token_is_not_made_good_by_a_session() -> None:
    client = session_of(Role.PUBLISH)
    found = send(client, "overrides", MOVE, {"If-Match": '"1"', "Authorization": "Bearer wastecal_x"})
    assert found.status_code == 401


def test_no_other_site_may_send_anything() -> None:
    program = Program(Role.PUBLISH)
    found = program.post("overrides", MOVE, if_match='"1"', origin="https://evil.example")
    assert "Access-Control-Allow-Origin" not in found
    asked = Client().options("/api/v1/overrides", headers={"Origin": "https://evil.example"})
    assert asked["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert asked["Allow"] == "GET, HEAD, OPTIONS, POST"


def test_reading_goes_on_without_a_badge() -> None:
    found = Client().get("/api/v1/overrides", headers={"Authorization": "Bearer wastecal_x"})
    assert found.status_code == 200


def test_an_answer_is_remembered_for_thirty_days_and_then_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    program = Program(Role.PUBLISH)
    program.post("notices", NOTICE, if_match='"1"', idempotency_key="old")
    later = town.NOON + timedelta(days=29)
    monkeypatch.setattr(timezone, "now", lambda: later)
    program.post("overrides", MOVE, if_match='"2"', idempotency_key="new")
    assert set(Replay.objects.values_list("key", flat=True)) == {"old", "new"}
    monkeypatch.setattr(timezone, "now", lambda: later + timedelta(days=2))
    other = Program(Role.ADMINISTER)
    assert other.post("overrides", {**MOVE, "new_date": "2027-01-09"}, if_match='"3"').status_code == 201
    assert set(Replay.objects.values_list("key", flat=True)) == {"new"}


def test_a_message_that_ends_was_shown_until_yesterday_as_on_the_pages() -> None:
    program = Program(Role.PUBLISH)
    key = program.post("notices", {**NOTICE, "shown_from": "2026-11-20"}, if_match='"1"').json()["keys"][0]
    ended = program.post("withdraw", {"what": "notice", "key": key}, if_match='"2"')
    assert ended.status_code == 201
    row = models.Notice.objects.get(edit=3)
    assert (row.shown_from.isoformat(), row.shown_until.isoformat()) == ("2026-11-20", "2026-11-23")
