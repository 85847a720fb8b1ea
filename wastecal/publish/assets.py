"""Which files stand in the site as they are: style sheets, signs, and the data directory itself?"""

from collections.abc import Iterable, Iterator
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
_OURS = ("wastecal", "theme")
"""The folders of what is ours: the program's own, and a municipality's colours."""
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


def data_among(paths: Iterable[str]) -> list[str]:
    """Those paths in the site that are of `data`, unpacked."""
    whole = archive()
    return [
        path for path in paths if path == whole or (path.startswith(f"{DATA}/") and not path.endswith(".gz"))
    ]


def archive() -> str:
    """The path of all the data in one file."""
    return unquote(reverse("data_archive")).removeprefix("/")


def _collected(root: Path) -> Iterator[tuple[str, Path]]:
    wanted = _OURS if settings.THEME else _OURS[:1]
    if not all((root / folder).is_dir() for folder in wanted):
        raise NotCollected("The style sheets are not collected yet. Run 'python manage.py collectstatic'.")
    for folder in wanted:
        for path in (root / folder).rglob("*"):
            if path.is_file() and path.suffix not in _PACKED:
                yield path.relative_to(root).as_posix(), path


def _found() -> Iterator[tuple[str, Path]]:
    for finder in finders.get_finders():
        for name, storage in finder.list([]):
            folder = getattr(storage, "prefix", None)  # as STATICFILES_DIRS names it
            whole = f"{folder}/{name}" if folder else name
            if whole.startswith(tuple(f"{ours}/" for ours in _OURS)):
                yield whole, Path(storage.path(name))
