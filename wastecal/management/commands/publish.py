"""How is everything public published from the command line?"""

import gc
import time
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from wastecal import answers
from wastecal.management import console
from wastecal.management.progress import Progress
from wastecal.publish import own_key, watching
from wastecal.publish.publishing import Published, Publisher
from wastecal.publish.watching import Watch


class Command(console.Command):
    help = "Publishes everything public as plain signed files, which any web server can show."
    example = "/srv/site --base-url https://sophamtning.example --watch"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path, metavar="DIR")
        parser.add_argument("--base-url", metavar="URL", help="where the site is read, if not at SITE_URL")
        parser.add_argument(
            "--watch", action="store_true", help="go on, and publish at every Edit and each day"
        )

        parser.add_argument(
            "--anew", action="store_true", help="take nothing from what is there: writes every file again"
        )

    def handle(self, *_: Any, **options: Any) -> None:
        root, site = options["directory"].absolute(), _site(options["base_url"])
        if options["watch"] and options["anew"]:
            console.refuse("Publish anew once, without --watch; then watch.")
        if options["watch"]:
            publisher = Publisher(root, site, own_key.secret())
            watching.for_ever(Watch(publisher, self._say, self.stderr.write), console.now)
        progress, began = Progress("files"), time.monotonic()
        try:
            publisher = Publisher(root, site, own_key.secret(), progress.add, anew=options["anew"])
            published = publisher.publish(console.today(), console.now())
        finally:
            progress.done()
        self._say(published, time.monotonic() - began)
        gc.freeze()  # the process ends: looking for garbage in all that was read would take half a second

    def _say(self, published: Published, seconds: float | None = None) -> None:
        snapshot = published.snapshot
        if published.files:
            count = f"{published.files:,} files, {published.new:,} of them new"
            what = f"Published snapshot {snapshot.serial}: {count}"
        else:
            what = f"Nothing has changed: renewed the signature of snapshot {snapshot.serial}"
        took = f", in {seconds:.1f} s" if seconds is not None else ""
        self.stdout.write(f"{what}, valid until {_moment(snapshot.valid_until)}{took}.")


def _site(given: str | None) -> str:
    """The address of the site, without a slash at its end."""
    town = answers.town()
    site = given or settings.SITE_URL or (town.site_url if town else "")
    parts = urlsplit(site)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        console.refuse(f"'{site}' is no address of a site. Name it: --base-url https://sophamtning.example")
    if parts.path.strip("/"):
        console.refuse(f"A site is published at the root of a host; '{site}' has a path.")
    return f"{parts.scheme}://{parts.netloc}"


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
