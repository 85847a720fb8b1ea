"""Does schemathesis, which reads the description and asks whatever it allows and forbids, find no fault?

Every check of schemathesis runs, with a token that may publish and, where it wants to know, without. Told to
it are the statuses that a description cannot forbid: 422, for parameters that are right one by one and
wrong together, and for a cursor that nobody was given; 412 and 428, for an Edit that is not the newest.
"""

import json
import os
import random
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, settings
from schemathesis.checks import CHECKS

from config.wsgi import application
from tests import town
from wastecal.api import schema as api
from wastecal.api import throttling
from wastecal.api.views import edits
from wastecal.staff.models import Person
from wastecal.staff.programs import tokens
from wastecal.staff.roles import Role

FEW = int(os.environ.get("SCHEMATHESIS_EXAMPLES", "8"))
MANY = 1000
NOT_BY_DESCRIPTION = ["401", "403", "412", "422", "428"]
PLAIN = {"Accept-Encoding": "identity"}
"""A WSGI application is asked without what would unpack its answers."""
CORNERS = ("", "addresses", "addresses/holmby/storgatan/1", "edits", "overrides", "zones", "schema/")


@pytest.fixture(autouse=True)
def _unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttling, "LIMIT", 10**9)
    monkeypatch.setattr(edits, "_wait", lambda seconds, known: None)


def described() -> Any:
    accepted = {"positive_data_acceptance": {"expected-statuses": [*NOT_BY_DESCRIPTION, "2xx", "304", "404"]}}
    config = schemathesis.Config.from_dict({"checks": accepted})
    found = schemathesis.openapi.from_dict(json.loads(api.rendered()), config=config)
    found.app = application
    return found


schema = described()


@pytest.fixture
def badge(holmby: None) -> dict[str, str]:
    person = Person.objects.create_user("program", role=Role.PUBLISH)
    _token, text = tokens.make(person, "schemathesis", Role.PUBLISH, 30, timezone.now())
    return {"Authorization": f"Bearer {text}"}


def asked_as_described(case: Any, badge: dict[str, str]) -> None:
    headers = {**PLAIN, **(badge if case.method == "POST" else {})}
    case.call_and_validate(checks=CHECKS.get_all(), headers=headers)


@schema.parametrize()  # type: ignore[untyped-decorator]
@settings(max_examples=FEW, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_question_that_the_description_allows_or_forbids_finds_a_fault(
    case: Any, badge: dict[str, str]
) -> None:
    asked_as_described(case, badge)


@pytest.mark.nightly
@schema.parametrize()  # type: ignore[untyped-decorator]
@settings(max_examples=MANY, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_thousand_questions_of_each_kind_find_no_fault(case: Any, badge: dict[str, str]) -> None:
    asked_as_described(case, badge)


def noise(chance: random.Random) -> bytes:
    """Bytes of any kind, of the kind that a URL is made of, or in between."""
    size = chance.choice((1, 3, 8, 40, 200))
    kinds = (range(256), range(32, 127), b"%00/?&=;#[]{}\"'<>\\\r\n\t\xc3\xa5\xff")
    return bytes(chance.choice(chance.choice(kinds)) for _ in range(size))


def asked(chance: random.Random, client: Client) -> Iterator[Any]:
    """A thousand questions of noise: in the path, the query, the body and the headers."""
    doors = [f"/api/v1/{corner}" for corner in CORNERS]
    doors += [f"/FutureWeb/SimpleWastePickup/{name}" for name in ("SearchAdress", "GetWastePickupSchedule")]
    names = ("q", "cursor", "limit", "after", "wait", "from", "to", "lang", "searchText", "address")
    for _ in range(1000):
        door, text = chance.choice(doors), noise(chance).decode("latin-1")
        method = chance.choice(("GET", "GET", "HEAD", "POST", "PUT", "OPTIONS"))
        types = (
            "application/json",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            text,
        )
        yield client.generic(
            method,
            door + (text if chance.random() < 0.3 else ""),
            noise(chance) if method in ("POST", "PUT") else b"",
            content_type=chance.choice(types),
            QUERY_STRING=f"{chance.choice(names)}={text}" if chance.random() < 0.6 else text,
            headers={name: noise(chance).decode("latin-1") for name in ("Cookie", "If-None-Match", "Accept")},
        )


@pytest.mark.django_db
def test_a_thousand_random_texts_in_path_query_body_and_headers_give_no_500(client: Client) -> None:
    town.load(town.directory())
    client.raise_request_exception = True
    statuses = [found.status_code for found in asked(random.Random(9457), client)]
    assert len(statuses) == 1000
    assert max(statuses) < 500
    assert len(set(statuses)) > 4
