"""In which language is this URL answered? Its first segment says so, and nothing else."""

from collections.abc import Callable

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, clear_url_caches
from django.urls.resolvers import LocalePrefixPattern
from django.utils import translation

from wastecal import answers
from wastecal.core.rows import Municipality

_WORDLESS = "/healthz/"  # is asked by programs, and must answer without the database
_first = [settings.LANGUAGE_CODE]
"""The language of URLs without a prefix: the town's first. A process serves one town."""


class LanguageMiddleware:
    """Neither the browser's wish nor a cookie counts: one URL, one language, the same bytes for all."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(_WORDLESS):
            return self.get_response(request)
        offered = of_town(_town())
        begin_with(offered[0])
        segment = request.path_info.lstrip("/").partition("/")[0]
        code = segment if segment in offered else offered[0]
        with translation.override(code):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", code)  # the API is asked in the query
        return response


class TownPrefix(LocalePrefixPattern):
    """Django's language prefix, but for the town's first language in place of the program's."""

    @property
    def language_prefix(self) -> str:
        code = translation.get_language() or first()
        return "" if code == first() else f"{code}/"


def prefixed(*patterns: URLPattern | URLResolver) -> list[URLResolver]:
    """The patterns, each below the prefix of the active language."""
    return [URLResolver(TownPrefix(), list(patterns))]


def first() -> str:
    return _first[0]


def of_town(town: Municipality | None) -> tuple[str, ...]:
    """The languages that pages are offered in: the town's, as far as there are words in them."""
    known = [code for code, _ in settings.LANGUAGES]
    spoken = tuple(code for code in town.languages if code in known) if town else tuple(known)
    return spoken or (settings.LANGUAGE_CODE,)


def without_prefix(path: str) -> str:
    """The path as it is in the first language: `/en/om/` and `/om/` are both `/om/`."""
    segment, _, rest = path.removeprefix("/").partition("/")
    return f"/{rest}" if segment in dict(settings.LANGUAGES) and segment != first() else path


def with_prefix(path: str, code: str) -> str:
    return path if code == first() else f"/{code}{path}"


def begin_with(code: str) -> None:
    """From now on URLs without a prefix are in this language."""
    if code != first():
        _first[0] = code
        clear_url_caches()


def _town() -> Municipality | None:
    try:
        return answers.town()
    except Error:
        return None  # the page itself will say that the database is gone
