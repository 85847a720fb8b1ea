"""What do tests of imports need? The town loaded, the real file in other clothes, commands run."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from wastecal import answers
from wastecal.importing import directory, loading

ROOT = Path(__file__).parent.parent.parent
TOWN = ROOT / "fixtures" / "vellinge"
REAL = ROOT / "tests" / "data" / "vellinge_addresses.csv"
PLAIN = "street,number,letter,postcode,locality,kind,zone"


def load(path: Path = TOWN) -> None:
    answers.forget()
    content, problems = directory.read(path)
    assert content is not None, problems
    loading.apply(content, "Loaded", datetime(2026, 11, 24, tzinfo=UTC))


def real_rows() -> list[list[str]]:
    with REAL.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def csv_text(rows: Iterable[Sequence[Any]], delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def xlsx(path: Path, rows: Iterable[Sequence[Any]]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path


def run(*arguments: Any, **options: Any) -> str:
    """What a command says on stdout."""
    out = io.StringIO()
    call_command(*map(str, arguments), stdout=out, **options)
    return out.getvalue()


def refused(*arguments: Any) -> list[str]:
    """The lines of a command that ends with 2 for bad input."""
    with pytest.raises(CommandError) as error:
        run(*arguments)
    assert error.value.returncode == 2, str(error.value)
    return str(error.value).splitlines()
