"""What does every page share: whose it is, for which day, in which language and at which address?"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import dateformat, translation
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from wastecal import surface, words
from wastecal.core.rows import Municipality
from wastecal.web import language

_WEB = ("http", "https")
_BLANK = re.compile(r"[ \t]*\n\s*|(<textarea.*?</textarea>)", re.DOTALL)
"""What templates leave around line ends; what somebody wrote into a text area stays as it is."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page knows: whose it is, for which day it is made, and where it lies.

    `path` is that of the first language, with its query; `site` the address of the site.
    """

    town: Municipality
    today: date
    path: str
    site: str


@dataclass(frozen=True, slots=True)
class Link:
    url: str
    text: str
    count: int = 0


def render(template: str, frame: Frame, **more: Any) -> bytes:
    """The page that `templates/wastecal/<template>.html` makes of the context, in the active language."""
    return _page(template, {**context(frame), **more})


def context(frame: Frame) -> dict[str, Any]:
    """What the templates of all pages know."""
    return {
        "town": frame.town,
        "contact_url": _web_address(frame.town.contact_url),
        "contact_phone": _unbroken(frame.town.contact_phone),
        "contact_dial": re.sub(r"[^+0-9]", "", frame.town.contact_phone),
        "site": frame.site,
        "today": frame.today,
        "made": words.day(frame.today, year=0),
        "ends": _end(frame.today, frame.town),
        **_outline(frame.path, frame.town),
    }


def no_data(path: str) -> bytes:
    """The one page of an installation that knows nothing yet."""
    return _page("no_data", {"town": None, **_outline(path, None)})


def server_error() -> bytes:
    """The page for a fault of ours; asks nobody for anything."""
    return _page("server_error", {"town": None, **_outline("/", None)})


def _end(day: date, town: Municipality) -> str:
    """The moment at which the day is over, for a script that need not know of time zones."""
    return surface.midnight(day + timedelta(days=1), town).astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")


def moment(at: datetime | None, town: Municipality) -> str:
    """`23 november 2026 14.05` in the municipality's own time; "" for none."""
    if at is None:
        return ""
    local = at.astimezone(ZoneInfo(town.timezone))
    return dateformat.format(local, pgettext("date format in Django's letters, with the time", "j F Y H:i"))


def _page(template: str, context: dict[str, Any]) -> bytes:
    text: SafeString = render_to_string(f"wastecal/{template}.html", context)
    return trimmed(text)


def trimmed(text: str) -> bytes:
    """The page without what templates leave around line ends."""
    return _BLANK.sub(lambda found: found[1] or "\n", text).encode()


def _outline(path: str, town: Municipality | None) -> dict[str, Any]:
    current = words.language()
    names = dict(settings.LANGUAGES)
    return {
        "has_theme": settings.THEME is not None,
        "indexed": "?" not in path,
        "lang": current,
        "dir": "rtl" if translation.get_language_bidi() else "ltr",
        "languages": [
            {
                "code": code,
                "name": names[code],
                "url": language.with_prefix(path, code),
                "current": code == current,
            }
            for code in language.of_town(town)
        ],
    }


def _unbroken(text: str) -> str:
    """The text with spaces and hyphens at which no line is broken."""
    return text.replace(" ", "\u00a0").replace("-", "\u2011")


def _web_address(text: str) -> str:
    """The text if it is the address of a page; anything else would be no link."""
    return text if urlsplit(text).scheme in _WEB else ""
