"""Publishes once, for bench.publishing: python -m bench.publisher DIR SITE [--without-years|--days-alone]"""

import gc
import sys
from datetime import UTC, datetime
from pathlib import Path

import django
from django.apps import apps

DAYS = ("", "feed", "json")
"""What the goal is meant for: the page, the feed and the JSON of an address."""


def main(folder: str, site: str, *words: str) -> None:
    if not apps.ready:
        django.setup()
    from bench import town
    from wastecal.publish import site as documents
    from wastecal.publish.keys import SecretKey
    from wastecal.publish.publishing import Publisher
    from wastecal.web.years import sheet

    if words:
        sheet.offered = lambda today: range(0)
    if "--days-alone" in words:
        whole = documents.forms
        documents.forms = lambda of: tuple(form for form in whole(of) if form.document in DAYS)
    key = SecretKey(b"wastecal", bytes(range(32)))
    Publisher(Path(folder), site, key).publish(town.TODAY, datetime.now(UTC))
    gc.freeze()  # as the command does


if __name__ == "__main__":
    main(*sys.argv[1:])
