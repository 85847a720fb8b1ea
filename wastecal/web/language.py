"""In which language is this URL answered? Its first segment says so, and nothing else."""

from collections.abc import Callable, Collection

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from wastecal import answers
from wastecal.core.rows import Municipality


class LanguageMiddleware:
    """Neither the browser's wish nor a cookie counts: one URL, one language, the same bytes for all."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        code = of_path(request.path_info)
        with translation.override(code):
            response = self.get_response(request)
        response.headers["Content-Language"] = code
        return response


def of_path(path: str) -> str:
    """The language that the first segment of `path` names, else the first language."""
    first = path.lstrip("/").partition("/")[0]
    # The town is asked only where it matters: Swedish pages, and health checks, go without.
    if first == settings.LANGUAGE_CODE or first not in dict(settings.LANGUAGES):
        return settings.LANGUAGE_CODE
    return first if first in _offered() else settings.LANGUAGE_CODE


def _offered() -> Collection[str]:
    try:
        return of_town(answers.town())
    except Error:
        return of_town(None)  # the page itself will say that the database is gone


def of_town(town: Municipality | None) -> tuple[str, ...]:
    """The languages that pages are offered in: the town's, as far as there are words in them."""
    known = dict(settings.LANGUAGES)
    spoken = [code for code in town.languages if code in known] if town else list(known)
    return tuple(dict.fromkeys([settings.LANGUAGE_CODE, *spoken]))


def without_prefix(path: str) -> str:
    """The path as it is in the first language: `/en/om/` and `/om/` are both `/om/`."""
    first, _, rest = path.removeprefix("/").partition("/")
    return f"/{rest}" if first in dict(settings.LANGUAGES) and first != settings.LANGUAGE_CODE else path


def with_prefix(path: str, code: str) -> str:
    return path if code == settings.LANGUAGE_CODE else f"/{code}{path}"
