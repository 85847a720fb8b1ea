"""What does municipality.toml say? Its keys to rows and back; the TOML itself is read at the edge.

The keys at the top are the newest version; older ones stand in `[[earlier]]`. The entries of
`[[shift]]` stand in the order in which they were made, ended ones too: that is the order of the
policy, for a change in its middle ends what follows and makes it anew.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from wastecal.core import codecs, holidays, shifts
from wastecal.core.directory import TOML
from wastecal.core.errors import Problem
from wastecal.core.rows import Municipality
from wastecal.core.shifts import Shift

Check = Callable[[Any], Any]

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class _Fault(ValueError):
    """A value that does not fit; the argument is the problem's code."""


def read(data: Mapping[str, Any]) -> tuple[list[Municipality], list[Shift], list[Problem]]:
    """The versions of the municipality, newest last, the holiday policy in order, and problems."""
    problems: list[Problem] = []
    top = {key: value for key, value in data.items() if key not in ("shift", "earlier")}
    shift_tables = _tables(data, "shift", problems)
    earlier = _tables(data, "earlier", problems)
    found = [_row(table, f"earlier[{n}].", _KEYS, problems) for n, table in enumerate(earlier, 1)]
    found.append(_row(top, "", _KEYS, problems))
    entries = [_row(table, f"shift[{n}].", _SHIFT, problems) for n, table in enumerate(shift_tables, 1)]
    problems += _lives(found)
    if problems:
        return [], [], problems
    return [Municipality(**fields) for fields in found], [Shift(**fields) for fields in entries], []


def languages(data: Mapping[str, Any]) -> tuple[str, ...]:
    """The languages of a TOML that may have other faults; none where they cannot be read."""
    try:
        return _languages(data.get("languages", ["sv"]))
    except _Fault:
        return ()


def _lives(versions: list[dict[str, Any]]) -> Iterator[Problem]:
    """The top is the version that holds, and every earlier one has ended."""
    for number, fields in enumerate(versions[:-1], 1):
        if "ended_edit" not in fields:
            yield Problem("key_missing", TOML, 0, f"earlier[{number}].ended_edit")
    if "ended_edit" in versions[-1]:
        yield Problem("key_unknown", TOML, 0, "ended_edit", str(versions[-1]["ended_edit"]))


def write(history: Iterable[Municipality], policy: Iterable[Shift]) -> dict[str, Any]:
    """The keys of municipality.toml, as `read` takes them."""
    *earlier, newest = sorted(history, key=lambda row: (row.ended_edit is None, row.edit))
    data = _keys(newest, _KEYS)
    if earlier:
        data["earlier"] = [_keys(row, _KEYS) for row in earlier]
    data["shift"] = [_keys(entry, _SHIFT) for entry in policy]
    return data


def _tables(data: Mapping[str, Any], key: str, problems: list[Problem]) -> list[dict[str, Any]]:
    tables = data.get(key, [])
    if isinstance(tables, list) and all(isinstance(table, dict) for table in tables):
        return tables
    problems.append(Problem("not_tables", TOML, 0, key))
    return []


def _row(
    table: Mapping[str, Any], where: str, keys: Mapping[str, Check], problems: list[Problem]
) -> dict[str, Any]:
    required = ("holiday", "move") if keys is _SHIFT else ("name", "uid_domain", "created")
    problems += [Problem("key_unknown", TOML, 0, where + key) for key in table if key not in keys]
    fields: dict[str, Any] = {}
    for key, check in keys.items():
        if key not in table:
            if key in required:
                problems.append(Problem("key_missing", TOML, 0, where + key))
            continue
        try:
            fields[key] = check(table[key])
        except ValueError as error:
            problems.append(Problem(str(error), TOML, 0, where + key, str(table[key])))
    return fields


def _keys(row: Municipality | Shift, keys: Iterable[str]) -> dict[str, Any]:
    values = {key: getattr(row, key) for key in keys}
    return {
        key: list(value) if isinstance(value, tuple) else value
        for key, value in values.items()
        if value not in (None, "", ()) and not (key == "edit" and not value)
    }


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise _Fault("not_text")
    return codecs.clean(value)  # no spreadsheet opens a TOML: `+46 40 …` is a telephone number


def _name(value: Any) -> str:
    if not (text := _text(value)):
        raise _Fault("cell_missing")
    return text


def _timezone(value: Any) -> str:
    try:
        return ZoneInfo(_name(value)).key
    except (ValueError, KeyError, OSError) as error:
        raise _Fault("timezone") from error


def _languages(value: Any) -> tuple[str, ...]:
    fine = isinstance(value, list) and value and all(isinstance(lang, str) for lang in value)
    if not fine or len(set(value)) < len(value) or not all(map(_LANGUAGE.fullmatch, value)):
        raise _Fault("languages")
    return tuple(value)


def _day(value: Any) -> date:
    if isinstance(value, datetime) or not isinstance(value, date):
        raise _Fault("date")
    if value.year not in codecs.YEARS:
        raise _Fault("date_range")
    return value


def _moment(value: Any) -> datetime:
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise _Fault("time")
    if value.year not in codecs.YEARS:
        raise _Fault("date_range")
    return value.replace(microsecond=0)


def _share(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise _Fault("number_range")
    return float(value)


def _time_of_day(value: Any) -> str:
    text = _text(value)
    hour, _, minute = text.partition(":")
    if text and not (len(text) == 5 and hour.isdecimal() and minute.isdecimal()):
        raise _Fault("time_of_day")
    if text and not (int(hour) < 24 and int(minute) < 60):
        raise _Fault("time_of_day")
    return text


def _number(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise _Fault("number")
    return value


def _holiday(value: Any) -> str | date:
    if isinstance(value, str):
        value = codecs.CODECS["holiday"].read(value)
    if isinstance(value, date):
        return _day(value)
    if value != shifts.ANY and value not in holidays.NAMES:
        raise _Fault("holiday")
    return str(value)


def _move(value: Any) -> str:
    return str(codecs.CODECS["move"].read(_name(value)))


def _years(value: Any) -> tuple[int, ...]:
    if not isinstance(value, list):
        raise _Fault("number")
    years = tuple(map(_number, value))
    if not all(year in codecs.YEARS for year in years):
        raise _Fault("date_range")
    return years


def _codes(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise _Fault("code")
    return tuple(str(codecs.CODECS["code"].read(_name(code))) for code in value)


_KEYS: dict[str, Check] = {
    "name": _name,
    "code": _name,
    "timezone": _timezone,
    "languages": _languages,
    "uid_domain": _name,
    "site_url": _name,
    "contact_name": _text,
    "contact_phone": _text,
    "contact_url": _text,
    "put_out_by": _time_of_day,
    "holidays_decided_until": _day,
    "certain_from": _share,
    "shown_from": _share,
    "created": _moment,
    "edit": _number,
    "ended_edit": _number,
}
_SHIFT: dict[str, Check] = {
    "holiday": _holiday,
    "move": _move,
    "years": _years,
    "containers": _codes,
    "zones": _codes,
    "edit": _number,
    "ended_edit": _number,
}
