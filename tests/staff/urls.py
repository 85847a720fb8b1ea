"""Which URLs are there below a path? Every one that the resolver knows, its gaps filled."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern, RoutePattern

from wastecal.staff.roles import Role

CANDIDATES = ("1", "something", "h1", "2027", "2026-11-25", "0" * 8 + ("-" + "0" * 4) * 3 + "-" + "0" * 12)
"""Texts of which one fits whatever a place-holder takes."""


@dataclass(frozen=True, slots=True)
class Url:
    path: str
    name: str
    role: Role | None

    def __str__(self) -> str:
        return self.path


def below(prefix: str) -> list[Url]:
    return [url for url in _walked(get_resolver(), "/") if url.path.startswith(prefix)]


def _walked(resolver: URLResolver, path: str, space: str = "") -> Iterator[Url]:
    for part in resolver.url_patterns:
        further = path + _filled(part.pattern)
        if isinstance(part, URLResolver):
            yield from _walked(part, further, f"{part.namespace}:" if part.namespace else space)
        elif isinstance(part, URLPattern):
            yield Url(further, space + (part.name or ""), getattr(part.callback, "role", None))


def _filled(pattern: Any) -> str:
    """The pattern's text with a sample for each converter."""
    if isinstance(pattern, RegexPattern):
        return "something" if pattern.regex.groups else ""
    if not isinstance(pattern, RoutePattern):
        return str(pattern)  # a language's prefix
    text = str(pattern)
    for name, converter in pattern.converters.items():
        sample = next(text for text in CANDIDATES if re.fullmatch(converter.regex, text))
        text = re.sub(rf"<([a-z_]+:)?{name}>", sample, text)
    return text
