"""What does someone read who finds a copy of the published site, and nothing else?"""

from collections.abc import Iterator
from textwrap import fill

from django.utils import translation
from django.utils.translation import gettext

from wastecal.core.rows import Municipality
from wastecal.publish import signature
from wastecal.publish.keys import PUBLIC_NAME
from wastecal.publish.manifest import SUMS

NAME = "README.txt"
_WIDTH = 78
_VERIFY = f"minisign -Vm {SUMS} -p {PUBLIC_NAME} && sha256sum -c --quiet {SUMS}"
_REBUILD = "python manage.py rebuild DIR --key KEY"


def text(town: Municipality, site_url: str) -> str:
    """README.txt in all languages of the town. Holds no key: a copy cannot vouch for itself."""
    parts = []
    for lang in town.languages:
        with translation.override(lang):
            parts.append("\n\n".join(_said(town, site_url)) + "\n")
    return f"\n{'-' * _WIDTH}\n\n".join(parts)


def _said(town: Municipality, site_url: str) -> Iterator[str]:
    title = gettext("%(name)s: when is the waste collected?") % {"name": town.name}
    yield f"{title}\n{'=' * len(title)}"
    yield _paragraph(
        gettext(
            "These files are the whole public service: pages, calendars and data for every address. "
            "Any web server can show them. They come from %(url)s"
        )
        % {"url": site_url}
    )
    yield from _verifying(town)
    yield _heading(gettext("How does the service come back?"))
    yield _paragraph(
        gettext(
            "The folder data holds all that the service is made of. With the program wastecal and an empty "
            "database, where DIR is the folder of this file and KEY the printed key:"
        )
    )
    yield f"  {_REBUILD}"
    yield _paragraph(gettext("Every address, calendar and event keeps its name."))


def _verifying(town: Municipality) -> Iterator[str]:
    yield _heading(gettext("Is this copy genuine?"))
    yield _paragraph(gettext("Two public tools answer that, minisign and sha256sum, in this folder:"))
    yield f"  {_VERIFY}"
    yield _paragraph(
        gettext(
            "The copy is genuine when minisign verifies the signature and sha256sum says nothing. The "
            "comment of %(signature)s says which snapshot it is (serial), when it was published, until "
            "when it is valid, and the SHA-256 of the list before it (previous). A file that is not in "
            "%(sums)s is no part of the copy."
        )
        % {"signature": signature.NAME, "sums": SUMS}
    )
    yield _paragraph(
        gettext(
            "Anyone can make a key. Compare the last line of %(key)s with the key that %(name)s has printed "
            "elsewhere. After the last day of validity dates may have been changed: look for a newer copy."
        )
        % {"key": PUBLIC_NAME, "name": town.name}
    )


def _heading(words: str) -> str:
    return f"{words}\n{'-' * len(words)}"


def _paragraph(words: str) -> str:
    return fill(words, _WIDTH, break_long_words=False, break_on_hyphens=False)
