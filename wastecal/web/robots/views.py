"""Which file does a robot get?"""

from collections.abc import Callable, Iterator, Sequence
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from wastecal import answers, surface, words
from wastecal.core.rows import Municipality
from wastecal.web import language
from wastecal.web.robots import files

KEPT = 3600
"""Seconds for which such a file may be kept."""
_XML = "application/xml"

View = Callable[..., HttpResponseBase]


def for_robots(view: Callable[..., HttpResponse]) -> View:
    """GET and HEAD only, with its validator; 404 where nothing is loaded yet."""

    @require_safe
    @wraps(view)
    def answered(request: HttpRequest, **kwargs: int) -> HttpResponseBase:
        town = answers.town()
        if town is None:
            raise Http404
        site = surface.site(request, town)
        tag = surface.etag(answers.newest_edit(), site, words.language())
        response = surface.conditional(request, tag, None, lambda: view(town, site, **kwargs))
        response.headers["Cache-Control"] = f"public, max-age={KEPT}"
        return response

    return answered


@for_robots
def robots(_town: Municipality, site: str) -> HttpResponse:
    return HttpResponse(files.robots(site), content_type="text/plain; charset=utf-8")


@for_robots
def sitemap(town: Municipality, site: str) -> HttpResponse:
    languages = language.of_town(town)
    fixed = tuple(_fixed())
    parts = _parts(languages, len(fixed))
    if parts > 1:
        return HttpResponse(files.index(site, parts), content_type=_XML)
    paths = (*fixed, *_addresses(0, files.batch(languages)))
    return HttpResponse(files.sitemap(site, languages, paths), content_type=_XML)


@for_robots
def part(town: Municipality, site: str, number: int) -> HttpResponse:
    languages = language.of_town(town)
    size, fixed = files.batch(languages), tuple(_fixed())
    start = (number - 1) * size
    first = max(start - len(fixed), 0)
    some = fixed[start : start + size]
    paths = (*some, *_addresses(first, first + size - len(some)))
    if number < 1 or not paths or _parts(languages, len(fixed)) < 2:
        raise Http404
    return HttpResponse(files.sitemap(site, languages, paths), content_type=_XML)


@for_robots
def manifest(town: Municipality, _site: str) -> HttpResponse:
    return HttpResponse(files.manifest(town), content_type="application/manifest+json")


def _fixed() -> Iterator[str]:
    return files.fixed([zone.code for zone in answers.zones()], answers.all_streets())


def _addresses(start: int, stop: int) -> Iterator[str]:
    return files.addresses(answers.slugs(start, stop))


def _parts(languages: Sequence[str], fixed: int) -> int:
    """How many sitemaps hold all pages, of which so many are no address."""
    return -(-(fixed + answers.number_of_addresses()) // files.batch(languages))
