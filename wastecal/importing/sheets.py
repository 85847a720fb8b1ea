"""What cells are in an Excel file? The first sheet as text, refusing what is broken or a bomb."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook

from wastecal.core.errors import Problem
from wastecal.importing.files import Unreadable, check_size

MAX_PACKED = 200_000_000
MAX_UNPACKED = 500_000_000
MAX_PARTS = 5_000
MAX_ROWS = 1_048_576  # Excel's own; a file may claim more

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLD_OR_PROTECTED = b"\xd0\xcf\x11\xe0"
# openpyxl checks little: a broken part surfaces as whatever it stumbles over.
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, ParseError, EOFError, OSError),
    *(AttributeError, LookupError, RuntimeError, TypeError, ValueError),
)


def is_sheet(path: Path) -> bool:
    """Whether the file is Excel's, by its first bytes. Raises Unreadable for Excel's old formats."""
    check_size(path)
    with path.open("rb") as file:
        start = file.read(4)
    if start == _OLD_OR_PROTECTED:
        raise Unreadable(Problem("xls", path.name))
    return start in _ZIP


def cells(path: Path, *, unpacked: int = MAX_UNPACKED) -> Iterator[tuple[int, list[str]]]:
    """(row number, cells as text) of each row of the first sheet. Raises Unreadable.

    Refused before it is read where it would unpack to more than `unpacked` bytes.
    A formula comes as its text, `=A1+B1`, never as the value that some program last saw in it.
    """
    try:
        _check_parts(path, unpacked)
        with path.open("rb") as file, closing(load_workbook(file, read_only=True)) as workbook:
            sheet = workbook.worksheets[0]
            sheet.reset_dimensions()  # a file may lie about how large it is
            for number, row in enumerate(sheet.iter_rows(), 1):
                if number > MAX_ROWS:
                    raise Unreadable(Problem("too_many_rows", path.name, number, value=str(MAX_ROWS)))
                yield number, _trimmed([_text(cell) for cell in row])
    except Unreadable:
        raise
    except _BROKEN as error:
        raise Unreadable(Problem("xlsx", path.name, value=type(error).__name__)) from error


def _check_parts(path: Path, unpacked: int) -> None:
    """Refuse what would unpack to too much, before anything is unpacked."""
    if path.stat().st_size > MAX_PACKED:
        raise Unreadable(Problem("file_too_large", path.name, value=str(path.stat().st_size)))
    with zipfile.ZipFile(path) as parts:
        sizes = [part.file_size for part in parts.infolist()]
    if len(sizes) > MAX_PARTS or sum(sizes) > unpacked:
        raise Unreadable(Problem("zip_bomb", path.name, value=str(sum(sizes))))


def _text(cell: Any) -> str:
    value = cell.value
    match value:
        case None:
            return ""
        case bool():
            return str(value).upper()
        case float() if value.is_integer():
            return str(int(value))
        case datetime() | date():
            return value.isoformat()[:10]
    if cell.data_type == "f" and not isinstance(value, str):
        return f"={getattr(value, 'text', '')}".replace("==", "=")
    return str(value).strip()


def _trimmed(row: list[str]) -> list[str]:
    """The row without the empty cells at its end, which a sheet has in any number."""
    while row and not row[-1]:
        row.pop()
    return row
