"""How is a value written in a cell, and read from it? One pair of functions for each kind of value.

A codec's `read` raises ValueError with a problem code as its only argument; `write` of what was
read gives the canonical text.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from wastecal.core import recurrence, scopes, shifts, texts
from wastecal.core.errors import InvalidRule
from wastecal.core.overrides import Kind
from wastecal.core.recurrence import Provenance, Season
from wastecal.core.texts import Text

YEARS = range(1900, 2200)
KINDS = ("villa", "fritidshus", "flerbostadshus", "verksamhet")

_CODE = re.compile(r"[A-Za-z0-9ÅÄÖåäö][A-Za-z0-9ÅÄÖåäö._-]{0,39}")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_KEY = re.compile(r"[1-9][0-9]{0,8}\.[1-9][0-9]{0,8}")
_SEASON = re.compile(r"(\d{1,2})-(\d{1,2})")
_COLOUR = re.compile(r"#[0-9a-f]{6}")
_FORMULA = ("=", "+", "-", "@", "\t")
_TRUE, _FALSE = ("true", "1", "yes", "ja"), ("", "false", "0", "no", "nej")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Codec:
    """How one kind of value stands in a cell."""

    read: Callable[[str], Any]
    write: Callable[[Any], str]


def clean(text: str) -> str:
    """The text without control characters (line breaks and tabs stay) and outer white space."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _text(cell: str) -> str:
    text = clean(cell)
    if cell.startswith(_FORMULA) or text.startswith(_FORMULA):
        raise ValueError("formula")
    return text


def _code(cell: str) -> str:
    if cell and not _CODE.fullmatch(cell):
        raise ValueError("code")
    return cell


def _key(cell: str) -> str:
    if cell and not _KEY.fullmatch(cell):
        raise ValueError("key")
    return cell


def _colour(cell: str) -> str:
    if cell and not _COLOUR.fullmatch(cell.lower()):
        raise ValueError("colour")
    return cell.lower()


def _date(cell: str) -> date | None:
    if not cell:
        return None
    if not _DATE.fullmatch(cell):
        raise ValueError("date")
    try:
        day = date.fromisoformat(cell)
    except ValueError as error:
        raise ValueError("date_range" if cell.startswith("0000") else "date") from error
    if day.year not in YEARS:
        raise ValueError("date_range")
    return day


def _moment(cell: str) -> datetime:
    try:
        moment = datetime.fromisoformat(cell)
    except ValueError as error:
        raise ValueError("time") from error
    if moment.tzinfo is None or moment.year not in YEARS:
        raise ValueError("time")
    return moment.replace(microsecond=0)


def _whole(cell: str) -> int | None:
    if not cell:
        return None
    if not (cell.isascii() and cell.isdigit() and len(cell) < 10):
        raise ValueError("number")
    return int(cell)


def _number(low: float, high: float, decimals: int = 15) -> Callable[[str], float | None]:
    """Reads a number, rounded to the decimals that are written, so that both ways agree."""

    def read(cell: str) -> float | None:
        if not cell:
            return None
        if not re.fullmatch(r"-?\d{1,3}(\.\d{1,15})?", cell):
            raise ValueError("number")
        if not low <= float(cell) <= high:
            raise ValueError("number_range")
        return round(float(cell), decimals) + 0.0  # -0.0 is 0.0

    return read


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.15f}".rstrip("0").rstrip(".")


def _flag(cell: str) -> bool:
    if cell.lower() in _TRUE:
        return True
    if cell.lower() in _FALSE:
        return False
    raise ValueError("flag")


def _list(read: Callable[[str], Any]) -> Callable[[str], tuple[Any, ...]]:
    def read_list(cell: str) -> tuple[Any, ...]:
        parts = (part.strip() for part in re.split(r"[;,|\s]", cell))
        return tuple(read(part) for part in parts if part)

    return read_list


def _phrases(cell: str) -> tuple[str, ...]:
    return tuple(part for part in map(str.strip, re.split(r"[;,|]", _text(cell))) if part)


def _one_of(allowed: Callable[[str], Any], code: str) -> Callable[[str], Any]:
    def read(cell: str) -> Any:
        try:
            return allowed(cell)
        except ValueError as error:
            raise ValueError(code) from error

    return read


def _scope(cell: str) -> str:
    if not scopes.is_valid(cell):
        raise ValueError("scope")
    return cell


def _kind(cell: str) -> str:
    if cell and cell not in KINDS:
        raise ValueError("kind")
    return cell


def _rrule(cell: str) -> str:
    if cell in ("", recurrence.NOT_EMPTIED):
        return cell
    try:
        recurrence.check_rrule(cell)
    except InvalidRule as error:
        raise ValueError(error.code) from error
    return cell


def _season(cell: str) -> Season | None:
    if not cell:
        return None
    weeks = _SEASON.fullmatch(cell)
    if not weeks or not all(1 <= int(week) <= 53 for week in weeks.groups()):
        raise ValueError("season")
    return Season(int(weeks[1]), int(weeks[2]))


def _slug(cell: str) -> str:
    if cell and not scopes.is_valid(f"address:{cell}"):
        raise ValueError("slug")
    return cell


def _holiday(cell: str) -> str | date:
    return (_date(cell) or cell) if _DATE.fullmatch(cell) else cell


def _move(cell: str) -> str:
    if not shifts.check_move(cell):
        raise ValueError("move")
    if (target := shifts.to_target(cell)) and target.year not in YEARS:
        raise ValueError("date_range")
    return cell


def _texts(cell: str) -> Text:
    return texts.of(json.loads(cell or "{}"))


def _phrases_by_language(cell: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((lang, tuple(words)) for lang, words in json.loads(cell or "{}").items())


def _json(pairs: Any) -> str:
    return json.dumps(dict(pairs), ensure_ascii=False)


def _joined(values: Any) -> str:
    return ";".join(str(value) for value in values)


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


CODECS: dict[str, Codec] = {
    "text": Codec(_text, str),
    "code": Codec(_code, str),
    "key": Codec(_key, str),
    "codes": Codec(_list(_code), _joined),
    "colour": Codec(_colour, str),
    "date": Codec(_date, _plain),
    "dates": Codec(_list(_date), _joined),
    "moment": Codec(_moment, lambda moment: moment.isoformat()),
    "whole": Codec(_whole, _plain),
    "count": Codec(lambda cell: _whole(cell) or 0, lambda count: str(count) if count else ""),
    "years": Codec(_list(_whole), _joined),
    "degrees": Codec(_number(-180, 180, 6), lambda value: "" if value is None else f"{value:.6f}"),
    "share": Codec(_number(0, 1), _share),
    "flag": Codec(_flag, lambda value: "true" if value else ""),
    "phrases": Codec(_phrases, "; ".join),
    "phrases_by_language": Codec(_phrases_by_language, _json),
    "texts": Codec(_texts, lambda text: _json(text.pairs)),
    "scope": Codec(_scope, str),
    "slug": Codec(_slug, str),
    "slugs": Codec(_list(_slug), _joined),
    "address_kind": Codec(_kind, str),
    "address_kinds": Codec(_list(_kind), _joined),
    "rrule": Codec(_rrule, str),
    "season": Codec(_season, lambda season: f"{season.first}-{season.last}" if season else ""),
    "provenance": Codec(_one_of(lambda cell: Provenance(cell or "confirmed"), "provenance"), str),
    "override_kind": Codec(_one_of(Kind, "override_kind"), str),
    "holiday": Codec(_holiday, str),
    "move": Codec(_move, str),
}
