"""What is wrong with a line of a file, in one sentence?"""

from django.utils.translation import gettext, gettext_noop

from wastecal.core.errors import Problem

_SENTENCES = {
    "address_unknown": gettext_noop("There is no address “%(value)s”."),
    "anchor_missing": gettext_noop("The rule “%(value)s” needs an anchor: a day on which it collects."),
    "anchor_not_in_rule": gettext_noop("The rule does not collect on its own anchor, %(value)s."),
    "anchor_without_rrule": gettext_noop("An anchor is given (%(value)s) and no rule that begins there."),
    "binary": gettext_noop("This is no text file."),
    "cell_missing": gettext_noop("The column “%(column)s” is empty, and must not be."),
    "code": gettext_noop("“%(value)s” is no code: use letters, digits and dashes."),
    "colour": gettext_noop("“%(value)s” is no colour: write it as #rrggbb."),
    "column_missing": gettext_noop("The column “%(column)s” is missing."),
    "column_twice": gettext_noop("The column “%(column)s” stands there twice."),
    "column_unknown": gettext_noop("The column “%(column)s” is not known here."),
    "container_unknown": gettext_noop("There is no container “%(value)s”."),
    "csv": gettext_noop("The line cannot be taken apart into cells: %(value)s."),
    "date": gettext_noop("“%(value)s” is no date: write it as YYYY-MM-DD."),
    "date_ahead": gettext_noop("The date %(value)s has not been yet."),
    "date_range": gettext_noop("The date %(value)s is too far away."),
    "directory_missing": gettext_noop("There is no such folder."),
    "edit_unknown": gettext_noop("There is no Edit “%(value)s” in edits.csv."),
    "edits_not_in_order": gettext_noop("Edit %(value)s does not follow the one before it."),
    "encoding": gettext_noop("“%(value)s” is not written in UTF-8; save the file as UTF-8."),
    "ended_before": gettext_noop("The Edit that ends the row (%(value)s) is not after the one that made it."),
    "evidence_kind": gettext_noop("“%(value)s” is neither collected nor not_collected."),
    "evidence_source": gettext_noop(
        "“%(value)s” is not one of sms, resident, driver, vehicle, invoice, staff."
    ),
    "file_empty": gettext_noop("The file is empty."),
    "file_forbidden": gettext_noop("The file may not be read."),
    "file_missing": gettext_noop("There is no such file."),
    "file_too_large": gettext_noop("The file is too large (%(value)s bytes)."),
    "file_unknown": gettext_noop("This file does not belong in a data directory."),
    "flag": gettext_noop("“%(value)s” is neither yes nor no."),
    "formula": gettext_noop("“%(value)s” begins like a formula; a spreadsheet would run it."),
    "holiday": gettext_noop("“%(value)s” is no holiday of the Swedish calendar, no date and not “*”."),
    "key": gettext_noop("“%(value)s” is no key: number of the Edit, a dot, an index, as in 12.1."),
    "key_missing": gettext_noop("The entry “%(column)s” is missing."),
    "key_unknown": gettext_noop("The entry “%(column)s” is not known here."),
    "kind": gettext_noop("“%(value)s” is no kind of address."),
    "languages": gettext_noop("“%(value)s” is no list of languages."),
    "line_too_long": gettext_noop("The line is longer than %(value)s bytes."),
    "map_list": gettext_noop("The entry “%(column)s” must be a list of texts."),
    "map_source": gettext_noop("The entry “%(column)s” must name a column, or join some, or be a constant."),
    "map_table": gettext_noop("The entry “%(column)s” must be a table, [%(column)s]."),
    "move": gettext_noop("“%(value)s” is no holiday move."),
    "new_date_unexpected": gettext_noop(
        "A new date (%(value)s) goes with a move or an extra collection only."
    ),
    "not_a_file": gettext_noop("This is no file."),
    "not_tables": gettext_noop("The entry “%(column)s” is written the wrong way; it wants [[%(column)s]]."),
    "not_text": gettext_noop("The entry “%(column)s” must be a text in quotation marks."),
    "notice_never_shown": gettext_noop(
        "The notice ends (%(value)s) before it begins, and would never be shown."
    ),
    "number": gettext_noop("“%(value)s” is no number."),
    "number_is_date": gettext_noop(
        "The spreadsheet has made a date, %(value)s, of a number; enter it again as text."
    ),
    "number_range": gettext_noop("The number %(value)s is too small or too large."),
    "override_kind": gettext_noop("“%(value)s” is not one of move, delay, cancel, add."),
    "override_unknown": gettext_noop("There is no deviation %(value)s in force."),
    "probability": gettext_noop("A probability is a number from 0 to 1, not “%(value)s”."),
    "probability_unexpected": gettext_noop("Only a reconstructed rule has a probability (%(value)s)."),
    "provenance": gettext_noop("“%(value)s” is not one of confirmed, reconstructed, default."),
    "reason_not_a_code": gettext_noop(
        "For one address the reason is one of the agreed codes, not “%(value)s”."
    ),
    "row_length": gettext_noop("The line has %(value)s cells, which is not what the header has."),
    "row_twice": gettext_noop("The same thing stands there twice: “%(value)s”."),
    "rrule": gettext_noop("“%(value)s” is no rule that we can follow."),
    "rule_conflict": gettext_noop("Two rules hold on the same days for “%(value)s”."),
    "rule_form": gettext_noop(
        "A rule has an anchor with a repetition, or listed dates, or NONE: one of these."
    ),
    "scope": gettext_noop("“%(value)s” is no scope, such as zone:H3."),
    "season": gettext_noop("“%(value)s” is no season: write its weeks as 18-40."),
    "sheet_error": gettext_noop("The spreadsheet has an error here, %(value)s."),
    "slug": gettext_noop("“%(value)s” is no address in the form town/street/number."),
    "slug_empty": gettext_noop("No web address can be made of “%(value)s”."),
    "text_too_long": gettext_noop("The text is too long: write at most 10 000 characters."),
    "time": gettext_noop("“%(value)s” is no point in time with its offset."),
    "time_of_day": gettext_noop("“%(value)s” is no time of day: write it as 06:00."),
    "timezone": gettext_noop("“%(value)s” is no time zone."),
    "toml": gettext_noop("This is no TOML: %(value)s."),
    "too_many_rows": gettext_noop("The sheet has more than %(value)s rows."),
    "validity_empty": gettext_noop("The rule ends (%(value)s) before it begins."),
    "window": gettext_noop("The window ends (%(value)s) before it begins."),
    "xls": gettext_noop("This is an old or a protected Excel file; save it as .xlsx or as CSV."),
    "xlsx": gettext_noop("The Excel file is damaged (%(value)s)."),
    "zip_bomb": gettext_noop("The Excel file would unpack to %(value)s bytes, which is too much."),
    "zone_unknown": gettext_noop("There is no zone “%(value)s”."),
}
_LONGEST = 80


def fault(found: Problem) -> str:
    """What is wrong and with which value."""
    value = found.value if len(found.value) <= _LONGEST else found.value[:_LONGEST] + "…"
    words = {"code": found.code, "value": value, "column": found.column}
    return gettext(_SENTENCES.get(found.code) or gettext_noop("Fault “%(code)s”, value “%(value)s”.")) % words


def problem(found: Problem) -> str:
    """`rules.csv, rad 12, anchor: …`: where it is, then what is wrong and with which value."""
    where, what = ", ".join(_where(found)), fault(found)
    return gettext("%(where)s: %(what)s") % {"where": where, "what": what} if where else what


def _where(found: Problem) -> list[str]:
    line = gettext("line %(number)d") % {"number": found.line} if found.line else ""
    return [part for part in (found.file, line, found.column) if part]
