"""How do robots.txt, the sitemap and the manifest become bytes?

Values in, bytes out: the live site and whoever writes files make the same.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext

from wastecal import words
from wastecal.answers import Street
from wastecal.core.rows import Municipality
from wastecal.web import language

LISTED = 45_000
"""How many pages one sitemap lists; the protocol allows 50,000."""
_ALONE = ("start", "about", "accessibility", "privacy", "open_data", "report", "localities")
ACCENT, PAPER = "#14503c", "#ffffff"

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
# The longest rule that fits a URL counts (RFC 9309): a feed may be read whatever its options, for
# calendar programs that fetch from a data centre obey robots.txt; a search shared as a link may be
# read as well.
_ROBOTS = """\
User-agent: *
Allow: /*.ics
Allow: /*?q=
Disallow: /*?
Disallow: /anmal/
Disallow: /*/anmal/
Disallow: /admin/
Disallow: /api/
Allow: /api/v1/docs/
Disallow: /FutureWeb/
Disallow: /personal/

Sitemap: {site}/sitemap.xml
"""


def robots(site: str) -> bytes:
    return _ROBOTS.format(site=site).encode()


def sitemaps(site: str, languages: Sequence[str], paths: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Every file of the sitemap by its name: one, or an index and its parts."""
    size = batch(languages)
    parts = [paths[start : start + size] for start in range(0, len(paths), size)]
    if len(parts) < 2:
        yield "sitemap.xml", sitemap(site, languages, paths)
        return
    yield "sitemap.xml", index(site, len(parts))
    for number, part in enumerate(parts, 1):
        yield f"sitemap-{number}.xml", sitemap(site, languages, part)


def fixed(zones: Iterable[str], streets: Iterable[Street]) -> Iterator[str]:
    """The paths of all pages but those of addresses; the streets come in the order of the alphabet."""
    yield from map(reverse, _ALONE)
    yield from (reverse("zone", args=[code]) for code in zones)
    for locality, there in groupby(streets, key=lambda row: row.slug.partition("/")[0]):
        yield reverse("locality", args=[locality])
        yield from (reverse("street", args=row.slug.split("/")) for row in there)


def addresses(slugs: Iterable[str]) -> Iterator[str]:
    return (reverse("address", args=slug.split("/")) for slug in slugs)


def batch(languages: Sequence[str]) -> int:
    """How many paths of the first language one sitemap holds, since each is listed in every language."""
    return LISTED // len(languages)


def sitemap(site: str, languages: Sequence[str], paths: Iterable[str]) -> bytes:
    """The pages at these paths (of the first language) in every language, each with all the others."""
    lines = [_HEAD, f'<urlset xmlns="{_SITEMAPS}" xmlns:xhtml="{_XHTML}">\n']
    for path in paths:
        urls = {code: site + language.with_prefix(path, code) for code in languages}
        others = "".join(_alternate(code, url) for code, url in urls.items()) if len(urls) > 1 else ""
        lines += (f"<url><loc>{escape(url)}</loc>{others}</url>\n" for url in urls.values())
    return "".join([*lines, "</urlset>\n"]).encode()


def index(site: str, parts: int) -> bytes:
    """The list of sitemaps where one would be too long."""
    urls = (f"{site}{reverse('sitemap_part', args=[number])}" for number in range(1, parts + 1))
    lines = (f"<sitemap><loc>{escape(url)}</loc></sitemap>\n" for url in urls)
    return "".join([_HEAD, f'<sitemapindex xmlns="{_SITEMAPS}">\n', *lines, "</sitemapindex>\n"]).encode()


def manifest(town: Municipality) -> bytes:
    """The web app manifest in the active language."""
    name = gettext("Waste collection")
    icon = {"src": static("wastecal/icon-512.png"), "sizes": "512x512", "type": "image/png"}
    content = {
        "name": f"{name} – {town.name}",
        "short_name": name,
        "lang": words.language(),
        "start_url": reverse("start"),
        "scope": reverse("start"),
        "display": "minimal-ui",
        "theme_color": ACCENT,
        "background_color": PAPER,
        "icons": [{**icon, "purpose": "any"}, {**icon, "purpose": "maskable"}],
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n"


def _alternate(code: str, url: str) -> str:
    return f'<xhtml:link rel="alternate" hreflang="{code}" href={quoteattr(url)}/>'
