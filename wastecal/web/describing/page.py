"""How does the description of the API become a page? Its OpenAPI document, written out.

The page is plain HTML of our own: it needs no script, prints, and is read aloud. What the document
says is English, as its names are; what the page says around it is in the reader's language.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext
from drf_spectacular.generators import SchemaGenerator

from wastecal.web.frames import Frame, render

_REFERENCE = "#/components/schemas/"


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter or a field: `type` in words, `shape` the name of the shape it holds; "" for none."""

    name: str
    type: str
    shape: str
    meaning: str
    example: str
    required: bool = True


@dataclass(frozen=True, slots=True)
class Operation:
    name: str
    method: str
    path: str
    summary: str
    meaning: str
    parameters: tuple[Field, ...]
    responses: tuple[tuple[str, str, str], ...]
    """(status, what it means, the name of the shape or "")"""


@dataclass(frozen=True, slots=True)
class Shape:
    name: str
    meaning: str
    fields: tuple[Field, ...]


def api_docs(frame: Frame) -> bytes:
    told = _document()
    return render(
        "describing/api",
        frame,
        about=[part.replace("\n", " ") for part in told["info"]["description"].strip().split("\n\n")],
        operations=tuple(_operations(told)),
        shapes=tuple(_shapes(told)),
        description=gettext("The programming interface: what can be asked, and what is answered."),
    )


@lru_cache(maxsize=1)
def _document() -> dict[str, Any]:
    generator: Any = SchemaGenerator
    found: dict[str, Any] = generator().get_schema(request=None, public=True)
    return found


def _operations(told: Mapping[str, Any]) -> Iterator[Operation]:
    for path, methods in told["paths"].items():
        for method, operation in methods.items():
            yield Operation(
                name=operation["operationId"],
                method=method.upper(),
                path=path,
                summary=operation.get("summary", ""),
                meaning=_further(operation),
                parameters=tuple(map(_parameter, operation.get("parameters", ()))),
                responses=tuple(map(_response, *zip(*operation["responses"].items(), strict=True))),
            )


def _further(operation: Mapping[str, Any]) -> str:
    """What the description says beyond the summary."""
    told = " ".join(operation.get("description", "").split())
    return told.removeprefix(operation.get("summary", "")).strip()


def _parameter(told: Mapping[str, Any]) -> Field:
    shown = told.get("example") or next((one["value"] for one in told.get("examples", {}).values()), "")
    kind, shape = _type(told["schema"])
    meaning = told.get("description", "")
    return Field(told["name"], kind, shape, meaning, _example(shown), bool(told.get("required")))


def _response(status: str, told: Mapping[str, Any]) -> tuple[str, str, str]:
    content: dict[str, Any] = next(iter(told.get("content", {}).values()), {})
    return status, told.get("description", ""), _type(content.get("schema", {}))[1]


def _shapes(told: Mapping[str, Any]) -> Iterator[Shape]:
    for name, shape in told["components"]["schemas"].items():
        required = set(shape.get("required", ()))
        fields = tuple(_field(key, row, key in required) for key, row in shape["properties"].items())
        yield Shape(name, shape.get("description", ""), fields)


def _field(name: str, told: Mapping[str, Any], required: bool) -> Field:
    kind, shape = _type(told)
    shown = told["examples"][0] if "examples" in told else ""
    return Field(name, kind, shape, told.get("description", ""), _example(shown), required)


def _type(told: Mapping[str, Any]) -> tuple[str, str]:
    """The type in words, and the name of the shape."""
    if "$ref" in told:
        return "object", told["$ref"].removeprefix(_REFERENCE)
    if "allOf" in told:
        return _type(told["allOf"][0])
    if told.get("type") == "array":
        kind, shape = _type(told["items"])
        return f"list of {kind}", shape
    kinds = told.get("type", "")
    names = kinds if isinstance(kinds, str) else " or ".join(kinds)
    return f"{names} ({told['format']})" if "format" in told else names, ""


def _example(value: Any) -> str:
    return "" if value == "" else json.dumps(value, ensure_ascii=False)
