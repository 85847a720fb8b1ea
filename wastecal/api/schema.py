"""How does this API describe itself to programs? As OpenAPI 3.1, made from the questions themselves."""

from functools import lru_cache
from typing import Any

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema

from wastecal import data

PREFIX = "/api/v1/"
TYPE = "application/vnd.oai.openapi+json;version=3.1"

_ABOUT = """\
When which container is emptied, address by address: the same answers as the pages and calendars.

Reading is open to everyone and to every site's script, without a key or a cookie. What has not changed
is not sent again: keep the `ETag` and send it back as `If-None-Match`. Lists come page by page: follow
`next`. Errors are problem details (RFC 9457), with one sentence for a person in `detail`. Within
version 1 fields are only added; what goes away is announced a year before with the headers
`Deprecation` and `Sunset`.
"""
BADGES = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "A personal token, made on the staff's pages; shown once, and for some time only.",
    },
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "__Host-session",
        "description": "A session of the staff's pages, with its CSRF token in the header X-CSRFToken.",
    },
}
"""By what one shows who one is, where something is written."""
_PARTS = {
    "locality": ("The first part of the slug: the town.", "holmby"),
    "street": ("The second part of the slug: the street.", "storgatan"),
    "number": ("The third part of the slug: the number with its letter.", "1"),
}


class Description(AutoSchema):
    """A field's example, given as its style, stands beside its meaning."""

    def _get_serializer_field_meta(self, field: Any, direction: Any) -> Any:
        meta = super()._get_serializer_field_meta(field, direction)  # type: ignore[no-untyped-call]
        style = getattr(field, "style", {})
        return {**meta, "examples": [style["example"]]} if "example" in style else meta

    def get_tags(self) -> list[str]:
        return []


def document() -> dict[str, Any]:
    """The whole description as plain values."""
    generator: Any = SchemaGenerator
    found: dict[str, Any] = generator().get_schema(request=None, public=True)
    return found


@lru_cache(maxsize=1)
def rendered() -> bytes:
    """The description as JSON: the same as long as the program runs."""
    return data.written(document())


def ours(endpoints: Any, **_more: Any) -> Any:
    """Of all addresses, those of the API."""
    return [endpoint for endpoint in endpoints if endpoint[0].startswith(PREFIX)]


def described(result: Any, **_more: Any) -> Any:
    """What the generator does not know: what the API is, and what the parts of a slug mean."""
    result["info"] |= {"description": _ABOUT, "license": {"name": "CC0 1.0", "identifier": "CC0-1.0"}}
    result["components"]["securitySchemes"] = BADGES
    result["servers"] = [{"url": "/", "description": "The site that this was fetched from."}]
    for path in result["paths"].values():
        for operation in path.values():
            operation.pop("tags", None)
            for parameter in operation.get("parameters", ()):
                if parameter["in"] == "path":
                    meaning, example = _PARTS[parameter["name"]]
                    parameter |= {"description": meaning, "example": example}
                    parameter["schema"] = {"type": "string", "pattern": _SLUG_PART}
    for shape in result["components"]["schemas"].values():
        for field in shape["properties"].values():
            field.pop("x-spec-enum-id", None)
    return result


_SLUG_PART = "^([a-z0-9]{1,120}(-[a-z0-9]{1,120}){0,30}|-)$"
