"""Does the description tell everything, truly, in OpenAPI 3.1? And does the page for people tell the same?"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from lxml import html

from tests.api.conftest import Get
from wastecal.api import schema

pytestmark = pytest.mark.usefixtures("holmby")


@pytest.fixture
def told(get: Get) -> dict[str, Any]:
    found: dict[str, Any] = get("schema/").json()
    return found


def fields(told: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, shape in told["components"]["schemas"].items():
        for field, meaning in shape["properties"].items():
            yield f"{name}.{field}", meaning


def parameters(told: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in told["paths"].items():
        for method, operation in methods.items():
            for parameter in operation.get("parameters", ()):
                yield f"{method} {path} {parameter['name']}", parameter


def test_it_is_openapi_3_1_and_kept_by_its_validator(get: Get) -> None:
    found = get("schema/")
    assert found.json()["openapi"].startswith("3.1.")
    assert found["Content-Type"] == "application/vnd.oai.openapi+json;version=3.1"
    assert found["Access-Control-Allow-Origin"] == "*"
    assert get("schema/", if_none_match=found["ETag"]).status_code == 304


def test_the_generator_has_nothing_to_complain_about(capsys: pytest.CaptureFixture[str]) -> None:
    schema.document()
    assert capsys.readouterr().err == ""


def test_every_address_of_the_api_is_in_it(told: dict[str, Any]) -> None:
    place = "/api/v1/addresses/{locality}/{street}/{number}"
    assert set(told["paths"]) == {
        "/api/v1/",
        "/api/v1/addresses",
        place,
        f"{place}/pickups",
        "/api/v1/zones",
        "/api/v1/containers",
        "/api/v1/notices",
        "/api/v1/overrides",
        "/api/v1/edits",
        "/api/v1/preview",
        "/api/v1/withdraw",
    }
    for name in ("overrides", "notices"):
        assert set(told["paths"][f"/api/v1/{name}"]) == {"get", "post"}


def test_every_field_has_a_type_a_meaning_and_an_example(told: dict[str, Any]) -> None:
    named = dict(fields(told))
    assert len(named) > 80
    assert [name for name, field in named.items() if len(field.get("description", "")) < 10] == []
    bare = {name: field for name, field in named.items() if not holds_a_shape(field)}
    assert [name for name, field in bare.items() if "type" not in field or "examples" not in field] == []


def holds_a_shape(field: dict[str, Any]) -> bool:
    return "$ref" in json.dumps(field)


def test_every_parameter_has_a_type_a_meaning_and_an_example(told: dict[str, Any]) -> None:
    named = dict(parameters(told))
    assert len(named) > 20
    wrong = [
        name
        for name, row in named.items()
        if not row["schema"].get("type")
        or len(row.get("description", "")) < 10
        or not ("example" in row or "examples" in row)
    ]
    assert wrong == []


def test_writing_takes_a_badge_and_reading_takes_none(told: dict[str, Any]) -> None:
    for methods in told["paths"].values():
        for method, operation in methods.items():
            wanted = "token session" if method == "post" else ""
            assert " ".join(name for badge in operation["security"] for name in badge) == wanted
    assert told["components"]["securitySchemes"]["token"]["scheme"] == "bearer"


def test_every_example_is_what_it_is_an_example_of(told: dict[str, Any]) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    for name, field in fields(told):
        for shown in field.get("examples", ()):
            jsonschema.validate(
                shown, {"type": field["type"]} | {k: v for k, v in field.items() if k in ("enum",)}
            )
            assert shown is not None or "null" in field["type"], name


def test_every_question_says_what_it_is_and_how_it_can_fail(told: dict[str, Any]) -> None:
    reading, writing = {"200", "304", "422"}, {"401", "403", "415", "422"}
    for path, methods in told["paths"].items():
        for method, operation in methods.items():
            wanted = reading if method == "get" else writing
            assert operation["summary"].endswith("."), path
            assert wanted | {"400", "429", "503"} <= set(operation["responses"])
            assert all(row["description"] for row in operation["responses"].values())


def test_the_page_for_people_names_every_field_and_needs_no_script(
    client: Client, told: dict[str, Any]
) -> None:
    found = client.get("/api/v1/docs/")
    page: Any = html.fromstring(found.content)
    text = page.text_content()
    assert found.status_code == 200
    assert [name for name, _ in fields(told) if name.partition(".")[2] not in text] == []
    assert [path for path in told["paths"] if path not in text] == []
    assert page.xpath("//main//script|//*[@style]|//style") == []
    links = {str(link) for link in page.xpath("//main//a/@href")}
    assert len(links) > 10
    assert [link for link in links if link.startswith("#") and not page.xpath(f"//*[@id='{link[1:]}']")] == []


def test_the_page_is_there_in_both_languages(client: Client) -> None:
    swedish, english = client.get("/api/v1/docs/"), client.get("/en/api/v1/docs/")
    assert "Vad man kan fråga om" in swedish.content.decode()
    assert "What can be asked" in english.content.decode()
