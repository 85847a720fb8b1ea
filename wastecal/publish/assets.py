"""Which files stand in the site as they are: style sheets, signs, and the data directory itself?"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import reverse

from wastecal.core.errors import WastecalError
from wastecal.importing import directory, loading
from wastecal.web.opendata import files

DATA = "data"
_OURS = "wastecal"
_PACKED = {".gz", ".br"}


class NotCollected(WastecalError):
    """The static files of this release of the program were not put together."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A file with its bytes."""

    path: str
    body: bytes

    @property
    def weight(self) -> int:
        return 1

    def files(self) -> Iterator[tuple[str, bytes]]:
        yield self.path, self.body


def static() -> Iterator[Asset]:
    """What the pages refer to, under the names by which they do."""
    folder = settings.STATIC_URL.strip("/")
    for name, path in sorted(_collected(Path(settings.STATIC_ROOT)) if settings.STATIC_ROOT else _found()):
        yield Asset(f"{folder}/{name}", path.read_bytes())


def data() -> Iterator[Asset]:
    """Everything public as a data directory: from it the whole service is rebuilt."""
    for name, text in directory.texts(loading.contents()):
        yield Asset(f"{DATA}/{name}", text.encode())
    yield Asset(archive(), files.now()[files.ARCHIVE].content)


def is_data(path: str) -> bool:
    """Whether a path in the site is one of `data`, unpacked."""
    return (path.startswith(f"{DATA}/") and not path.endswith(".gz")) or path == archive()


def archive() -> str:
    """The path of all the data in one file."""
    return unquote(reverse("data_archive")).removeprefix("/")


def _collected(root: Path) -> Iterator[tuple[str, Path]]:
    if not (root / _OURS).is_dir():
        raise NotCollected("The style sheets are not collected yet. Run 'python manage.py collectstatic'.")
    for path in (root / _OURS).rglob("*"):
        if path.is_file() and path.suffix not in _PACKED:
            yield path.relative_to(root).as_posix(), path


def _found() -> Iterator[tuple[str, Path]]:
    for finder in finders.get_finders():
        for name, storage in finder.list([]):
            if name.startswith(f"{_OURS}/"):
                yield name, Path(storage.path(name))
