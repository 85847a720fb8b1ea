"""What do all public surfaces share? The site's address, the release, the clock, the validators."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from functools import lru_cache, wraps
from hashlib import sha256
from pathlib import Path
from time import monotonic
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from wastecal.core.rows import Municipality

KEPT = 3600
"""Seconds for which feeds and files of data may be kept."""

_PACKAGE = Path(__file__).resolve().parent
_COUNTS = {".py", ".html", ".css", ".svg", ".po", ".js"}


def site(request: HttpRequest, town: Municipality) -> str:
    """The address of the site; in a demonstration the one that the visitor came by."""
    if settings.SITE_URL or settings.PRODUCTION:
        return str(settings.SITE_URL or town.site_url)
    return f"{request.scheme}://{request.get_host()}"


def now(town: Municipality) -> datetime:
    """The time it is in the municipality."""
    return timezone.now().astimezone(ZoneInfo(town.timezone))


def today(town: Municipality) -> date:
    return now(town).date()


def seconds() -> float:
    """A clock that only runs forward, for measuring and waiting."""
    return monotonic()


@lru_cache(maxsize=1)
def release() -> str:
    """A short hash of the program's files: a validator changes with a release, never without one."""
    digest = sha256()
    for file in _files():
        digest.update(file.name.encode() + b"\0")
        digest.update(sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:12]


@lru_cache(maxsize=1)
def released() -> datetime:
    """When the program's files last changed here: nothing it makes is older than that."""
    return datetime.fromtimestamp(max(file.stat().st_mtime for file in _files()), UTC)


def _files() -> list[Path]:
    folders = [_PACKAGE, settings.THEME] if settings.THEME else [_PACKAGE]
    return [path for folder in folders for path in sorted(folder.rglob("*")) if path.suffix in _COUNTS]


def etag(*parts: object) -> str:
    """A weak validator of all that the bytes depend on, the release included.

    Weak, since the same answer goes out packed or not.
    """
    text = "|".join(map(str, (release(), *parts)))
    return f'W/"{sha256(text.encode()).hexdigest()[:20]}"'


def conditional(
    request: HttpRequest, tag: str, modified: datetime | None, body: Callable[[], HttpResponse]
) -> HttpResponseBase:
    """The response with its validators, or 304 where the client has it; `body` is called where needed."""
    moment = int(modified.timestamp()) if modified else None
    known = get_conditional_response(request, etag=tag, last_modified=moment)
    response = body() if known is None else known
    if response.status_code in (200, 304):
        response.headers["ETag"] = tag
        if moment is not None:
            response.headers["Last-Modified"] = http_date(moment)
    return response


def midnight(day: date, town: Municipality) -> datetime:
    """The moment at which `day` begins in the municipality."""
    return datetime.combine(day, time(), ZoneInfo(town.timezone))


def open_to_all(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """GET and HEAD only, readable from any site's script, kept for an hour where it went well."""

    @require_safe
    @wraps(view)
    def answered(request: HttpRequest, **kwargs: str) -> HttpResponseBase:
        response = view(request, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Last-Modified"
        if response.status_code in (200, 304):
            response["Cache-Control"] = f"public, max-age={KEPT}"
        return response

    return answered
