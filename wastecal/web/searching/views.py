"""Which file of the search does the visitor's browser get?"""

from collections.abc import Callable
from functools import lru_cache, wraps
from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from wastecal import answers, surface
from wastecal.answers.remembered import Known
from wastecal.web.searching import page, shards
from wastecal.web.searching.shards import Files, Shards

KEPT = 300
"""Seconds for which a file may be kept."""

View = Callable[..., HttpResponseBase]


def search_file(content: Callable[..., bytes]) -> View:
    """A file for finder.js; its validator is of its bytes, so no Edit or release changes one in vain."""

    @require_safe
    @wraps(content)
    def answered(request: HttpRequest, **kwargs: str) -> HttpResponseBase:
        known = answers.known()
        if known is None:
            raise Http404
        body = content(_shards(known), **kwargs)
        tag = f'W/"{sha256(body).hexdigest()[:20]}"'
        made = HttpResponse(body, content_type="application/json; charset=utf-8")
        response = surface.conditional(request, tag, None, lambda: made)
        response.headers["Cache-Control"] = f"public, max-age={KEPT}"
        return response

    return answered


@search_file
def index(laid: Shards) -> bytes:
    return page.index(laid)


@search_file
def begins(laid: Shards, key: str) -> bytes:
    return page.names(laid, _there(laid.begins, key))


@search_file
def ends(laid: Shards, key: str) -> bytes:
    return page.names(laid, _there(laid.ends, key))


@search_file
def houses(laid: Shards, key: str) -> bytes:
    return page.houses(answers.addresses_of(_there(laid.houses, key)))


def _there(files: Files, key: str) -> tuple[answers.Street, ...]:
    name = "" if key == "-" else key
    if name not in files:
        raise Http404
    return files[name]


@lru_cache(maxsize=1)
def _shards(known: Known) -> Shards:
    return shards.of(known.streets)
