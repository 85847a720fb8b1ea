"""What is in a file for Excel: the deviations, what the columns mean, what may stand in them?

No cell is a formula: in an Excel file every one is text, in CSV what would begin one gets an apostrophe.
"""

import csv
import io
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from wastecal import answers
from wastecal.core import scopes
from wastecal.core.overrides import Kind, Reason
from wastecal.importing import overrides

Rows = Iterable[Sequence[str]]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LAST_ROW = overrides.MAX_ROWS + 1


def text(rows: Rows) -> bytes:
    """CSV as Excel opens it in Swedish: semicolons, a byte order mark, CRLF."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def workbook(rows: Rows) -> bytes:
    """An Excel file: the deviations, an explanation of the columns, and lists of what may stand there."""
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    first.title = _("Deviations")
    _fill(first, rows)
    _fill(book.create_sheet(_("Explanation")), explanation())
    lists = list(allowed())
    _fill(book.create_sheet(_("Allowed values")), _side_by_side(lists))
    kinds = DataValidation(type="list", formula1=f'"{",".join(Kind)}"', allow_blank=True)
    first.add_data_validation(kinds)
    kinds.add(f"B2:B{_LAST_ROW}")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def header() -> list[str]:
    town = answers.town()
    return list(overrides.columns(town.languages if town else ()))


def explanation() -> Rows:
    """What stands in each column, and how."""
    told = {
        "key": _("Leave it empty for something new. What you download has its own, and is changed by it."),
        "kind": _("What happens: move, delay, cancel or add. See the list."),
        "scope": _(
            "For whom: everyone, zone:CODE, street:town/street or address:town/street/number. See the list."
        ),
        "containers": _("The codes of the containers, with spaces between. Empty: all of them."),
        "date": _("The day it is about, as 2026-12-24."),
        "new_date": _("For move: the new day."),
        "new_date_until": _("Only when it may be any of several days: the last of them."),
    }
    reason = _("Why, as residents read it. For a single address one of the codes in the list.")
    yield [_("Column"), _("What stands in it")]
    yield from ([name, told.get(name, reason)] for name in header())
    limit = {"rows": overrides.MAX_ROWS}
    yield ["", _("At most %(rows)d rows. What is not in the file stays as it is.") % limit]


def allowed() -> Iterable[tuple[str, Sequence[str]]]:
    """(column, values) of each column that takes no others."""
    zones = [scopes.zone(row.code) for row in answers.zones()]
    streets = [scopes.street(row.slug) for row in answers.all_streets()]
    yield "kind", [kind.value for kind in Kind]
    yield "scope", [scopes.EVERYONE, *zones, *streets]
    yield "containers", [row.code for row in answers.containers()]
    yield "reason", [reason.value for reason in Reason]


def _side_by_side(lists: Sequence[tuple[str, Sequence[str]]]) -> Rows:
    yield [name for name, _values in lists]
    for number in range(max(len(values) for _name, values in lists)):
        yield [values[number] if number < len(values) else "" for _name, values in lists]


def _fill(sheet: Worksheet, rows: Rows) -> None:
    widths: dict[str, int] = {}
    for number, row in enumerate(rows, 1):
        for place, value in enumerate(row, 1):
            cell = sheet.cell(number, place)
            assert isinstance(cell, Cell)
            cell.value = value or None
            if value:
                cell.data_type = "s"
            cell.number_format = "@"
            cell.font = Font(bold=number == 1)
            cell.alignment = Alignment(vertical="top", wrap_text=len(value) > 60)
            widths[cell.column_letter] = max(widths.get(cell.column_letter, 12), min(len(value) + 2, 70))
    for letter, width in widths.items():
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
