"""How does the page about open data become bytes?"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from wastecal.core.directory import EDITS, TABLES
from wastecal.web.frames import Frame, render
from wastecal.web.opendata import columns
from wastecal.web.opendata.columns import About
from wastecal.web.opendata.files import ARCHIVE, File

_COLUMNS = {table.file: table.all_columns for table in (*TABLES, EDITS)}


@dataclass(frozen=True, slots=True)
class Described:
    """A file as the page shows it; `columns` are (names, what they mean)."""

    name: str
    url: str
    said: str
    rows: int
    size: int
    columns: tuple[tuple[tuple[str, ...], str], ...]


def open_data(frame: Frame, files: Mapping[str, File]) -> bytes:
    """`files` are those of the data directory by their names, with the archive."""
    return render(
        "opendata/open_data",
        frame,
        files=[_described(about, files[about.file], frame.town.languages) for about in columns.FILES],
        archive=reverse("data_archive"),
        archive_size=len(files[ARCHIVE].content),
        sample=frame.site + reverse("data_file", args=["rules.csv"]),
        site=frame.site,
        description=gettext("All addresses, schedules and changes as files that anyone may use freely."),
    )


def _described(about: About, file: File, languages: tuple[str, ...]) -> Described:
    named = {column.name: column.headers(languages) for column in _COLUMNS.get(about.file, ())}
    meanings = tuple((named.get(name, (name,)), str(said)) for name, said in about.columns.items())
    url = reverse("data_file", args=[about.file])
    return Described(about.file, url, str(about.said), file.rows, len(file.content), meanings)
