"""What do all public surfaces share? The site's address, the release, the clock, the validators."""

from collections.abc import Callable
from datetime import date, datetime, time
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response

from wastecal.core.rows import Municipality

_PACKAGE = Path(__file__).resolve().parent
_COUNTS = {".py", ".html", ".css", ".svg", ".po"}


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


@lru_cache(maxsize=1)
def release() -> str:
    """A short hash of the program's files: a validator changes with a release, never without one."""
    digest = sha256()
    for file in sorted(path for path in _PACKAGE.rglob("*") if path.suffix in _COUNTS):
        digest.update(file.relative_to(_PACKAGE).as_posix().encode() + b"\0")
        digest.update(sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:12]


def etag(*parts: object) -> str:
    """A weak validator of all that the bytes depend on, the release included.

    Weak, since the same answer goes out packed or not.
    """
    text = "|".join(map(str, (release(), *parts)))
    return f'W/"{sha256(text.encode()).hexdigest()[:20]}"'


def conditional(
    request: HttpRequest, tag: str, modified: datetime | None, body: Callable[[], HttpResponse]
) -> HttpResponseBase:
    """The response, or 304 where the client has it; `body` is only called where it is needed."""
    moment = int(modified.timestamp()) if modified else None
    response = get_conditional_response(request, etag=tag, last_modified=moment)
    return response if response is not None else body()


def midnight(day: date, town: Municipality) -> datetime:
    """The moment at which `day` begins in the municipality."""
    return datetime.combine(day, time(), ZoneInfo(town.timezone))
