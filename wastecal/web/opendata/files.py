"""What are the files of the data directory now? Made once for each newest Edit, and kept."""

import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import PurePath
from typing import Any

from wastecal import answers
from wastecal.answers import Known
from wastecal.core import register
from wastecal.core.directory import EDITS, TABLES, TOML, Directory
from wastecal.importing import directory, loading

_KINDS = {".csv": "text/csv", ".toml": "application/toml", ".zip": "application/zip"}
_OF_TOML = ("municipality", "shifts")
_OLDEST = datetime(1980, 1, 1, tzinfo=UTC)
"""No zip file knows an earlier time."""
NAMES = (TOML, *(table.file for table in TABLES), EDITS.file)
FOLDER, ARCHIVE = "data", "data.zip"


@dataclass(frozen=True, slots=True)
class File:
    """A file with the time of the newest Edit that bears on it; `rows` in all their versions."""

    name: str
    content: bytes
    rows: int
    changed: datetime

    @property
    def kind(self) -> str:
        kind = _KINDS[PurePath(self.name).suffix]
        return f"{kind}; charset=utf-8" if kind != _KINDS[".zip"] else kind

    @property
    def tag(self) -> str:
        """Weak, since the same file goes out packed or not."""
        return f'W/"{sha256(self.content).hexdigest()[:20]}"'


_kept: dict[str, tuple[Known, Mapping[str, File]]] = {}


def now() -> Mapping[str, File]:
    """All files by their names, the archive too; none where nothing has been loaded yet."""
    known = answers.known()
    if known is None:
        return {}
    kept = _kept.get("now")
    if kept is None or kept[0] is not known:
        # An Edit may be made while the tables are read: what is newer than expected waits its turn.
        content = _as_of(loading.contents(), known.register.edit)
        _kept["now"] = kept = known, {file.name: file for file in of(content)}
    return kept[1]


def of(content: Directory) -> tuple[File, ...]:
    """The files of a data directory in their canonical form, and last the archive that holds them."""
    times = {edit.number: edit.at for edit in content.edits}
    made = []
    for name, text in directory.texts(content):
        rows = _rows(name, content)
        newest = max((_newest(row) for row in rows), default=1)
        made.append(File(name, text.encode(), 0 if name == TOML else len(rows), times[newest]))
    return (*made, archive(made))


def archive(files: Iterable[File]) -> File:
    """All files in one, in a folder of their own; the same files give the same bytes everywhere."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as whole:  # not compressed: that differs between machines
        for file in files:
            at = max(file.changed.astimezone(UTC), _OLDEST)
            entry = zipfile.ZipInfo(f"{FOLDER}/{file.name}", at.timetuple()[:6])
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            whole.writestr(entry, file.content)
    return File(ARCHIVE, packed.getvalue(), 0, max(file.changed for file in files))


def _rows(name: str, content: Directory) -> tuple[Any, ...]:
    if name == EDITS.file:
        return content.edits
    tables = _OF_TOML if name == TOML else (name.removesuffix(".csv"),)
    return tuple(row for table in tables for row in content.tables[table])


def _newest(row: Any) -> int:
    return int(getattr(row, "number", 0) if not hasattr(row, "edit") else max(row.edit, row.ended_edit or 0))


def _as_of(content: Directory, number: int) -> Directory:
    tables = {name: register.as_of(rows, number) for name, rows in content.tables.items()}
    edits = tuple(edit for edit in content.edits if edit.number <= number)
    return replace(content, tables=tables, edits=edits)
