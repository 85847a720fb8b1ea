"""Does a row come back from its cells as it went in, whatever people write into it?"""

import csv
import io
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import town
from wastecal.core import codecs, directory, municipality, tables
from wastecal.core.directory import TABLES
from wastecal.core.overrides import Kind, Override, Reason
from wastecal.core.recurrence import Provenance, Rule, Season
from wastecal.core.rows import Address, Container, Edit, Municipality, Notice, Zone, ZoneMove
from wastecal.core.shifts import Shift
from wastecal.core.tables import Table
from wastecal.core.texts import of as text_of

LANGUAGES = ("sv", "en")

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12).map(codecs.clean).filter(
    lambda text: not text.startswith(("=", "+", "-", "@", "\t"))
)  # fmt: skip
SOME = WORDS.filter(bool)
NAME = WORDS.map("A{}".format)
CODE = st.from_regex(r"[A-Za-zÅÄÖ0-9][A-Za-z0-9åäö._-]{0,8}", fullmatch=True)
DAY = st.dates(date(1900, 1, 1), date(2199, 12, 31))
SLUG = st.from_regex(r"[a-z-]{1,5}/[a-z0-9-]{1,5}/[a-z0-9]{1,4}", fullmatch=True)
SCOPE = st.one_of(
    st.just("everyone"), st.builds("zone:{}".format, CODE), st.builds("address:{}".format, SLUG)
)
TEXT = st.builds(lambda sv, en: text_of({"sv": sv, "en": en}), SOME, WORDS)
PHRASE = SOME.map(lambda text: "".join(char for char in text if char not in ";,|").strip()).filter(
    lambda text: bool(codecs.clean(text)) and not text.startswith(("=", "+", "-", "@"))
)
VERSION: dict[str, Any] = {
    "edit": st.integers(1, 10**9 - 1),
    "ended_edit": st.none() | st.integers(1, 10**9 - 1),
}
KEY = st.just("") | st.builds("{}.{}".format, st.integers(1, 10**9 - 1), st.integers(1, 10**9 - 1))
DEGREES = st.none() | st.integers(-179_999_999, 179_999_999).map(lambda value: round(value / 10**6, 6) + 0.0)
SHARE = st.integers(0, 10**15).map(lambda value: round(value / 10**15, 15))
PLACED = DEGREES.flatmap(lambda lat: st.tuples(st.just(lat), st.just(lat)))

ROWS: dict[str, st.SearchStrategy[Any]] = {
    "containers": st.builds(
        Container, CODE, TEXT,
        fractions=st.lists(PHRASE, max_size=3).map(lambda words: (("sv", tuple(words)),) if words else ()),
        default_rrule=st.sampled_from(["", town.FORTNIGHTLY]), kinds=st.sampled_from([(), codecs.KINDS]),
        optional=st.booleans(), colour=st.sampled_from(["", "#00ff7f"]), icon=CODE | st.just(""),
        order=st.integers(0, 10**9 - 1), **VERSION,
    ),
    "zones": st.builds(Zone, CODE, SOME, **VERSION),
    "addresses": st.builds(
        lambda at, **more: Address(**more, lat=at[0], lon=at[1]),
        PLACED, street=NAME, number=WORDS, letter=WORDS, postcode=WORDS, locality=NAME, slug=SLUG,
        kind=st.sampled_from(["", *codecs.KINDS]), zone=CODE | st.just(""), **VERSION,
    ),
    "zone_moves": st.builds(ZoneMove, SLUG, CODE, DAY, **VERSION),
    "rules": st.one_of(
        st.builds(lambda day, **more: Rule(anchor=day, rrule=town.FORTNIGHTLY, **more), DAY, scope=SCOPE,
                  container=CODE, provenance=st.just(Provenance.RECONSTRUCTED), probability=SHARE, **VERSION),
        st.builds(Rule, SCOPE, CODE, dates=st.lists(DAY, min_size=1, max_size=4).map(tuple), **VERSION),
        st.builds(Rule, SCOPE, CODE, rrule=st.just("NONE"), valid_from=st.none() | DAY,
                  season=st.none() | st.builds(Season, st.integers(1, 53), st.integers(1, 53)), **VERSION),
    ),
    "overrides": st.one_of(
        st.builds(Override, KEY, st.just(Kind.MOVE), st.just("everyone"), st.sampled_from([(), ("a", "b")]),
                  DAY, DAY, reason=TEXT, **VERSION),
        st.builds(Override, KEY, st.just(Kind.CANCEL), SCOPE, st.just(()), DAY,
                  reason=st.sampled_from(Reason).map(lambda code: text_of({"sv": code.value})), **VERSION),
    ),
    "notices": st.builds(
        lambda days, **more: Notice(shown_from=min(days), shown_until=max(days), **more),
        st.lists(DAY, min_size=2, max_size=2, unique=True), key=KEY, scope=SCOPE, text=TEXT, **VERSION,
    ),
}  # fmt: skip


def written(table: Table, rows: list[Any]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(tables.write(table, rows, LANGUAGES))
    return out.getvalue()


def cells(text: str) -> Iterator[tuple[int, list[str]]]:
    return iter(list(enumerate(csv.reader(io.StringIO(text, newline="")), 1)))


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
@settings(max_examples=40)
@given(data=st.data())
def test_rows_come_back_as_they_went_in_and_in_one_order(table: Table, data: st.DataObject) -> None:
    versions = st.lists(ROWS[table.name], max_size=3, unique_by=lambda row: (table.order(row), row.edit))
    rows = data.draw(versions)
    text = written(table, rows)
    lines, problems = tables.read(table, cells(text), LANGUAGES)
    assert problems == []
    assert sorted(map(repr, rows)) == sorted(repr(line.row) for line in lines)
    assert written(table, data.draw(st.permutations([line.row for line in lines]))) == text


def test_swedish_letters_come_last_and_numbers_by_size() -> None:
    names = ["Ö", "Z", "Å", "A", "Ä", "O"]
    rows = [town.address(name, number) for name in names for number in ("10", "9", "9-0", "100")]
    streets = [line.split(",")[0] for line in written(directory.ADDRESSES, rows).splitlines()[1:]]
    numbers = [line.split(",")[1] for line in written(directory.ADDRESSES, rows).splitlines()[1:5]]
    assert list(dict.fromkeys(streets)) == ["A", "O", "Z", "Å", "Ä", "Ö"]
    assert numbers == ["9", "9-0", "10", "100"]


MOMENTS = st.datetimes(datetime(1900, 1, 2), datetime(2199, 1, 1), timezones=st.just(UTC))
TOWNS = st.builds(
    Municipality, SOME, SOME, MOMENTS.map(lambda moment: moment.replace(microsecond=0)),
    code=st.sampled_from(["", "1233"]), languages=st.sampled_from([("sv",), ("sv", "en", "pt-br")]),
    contact_phone=WORDS, put_out_by=st.sampled_from(["", "06:00"]), holidays_decided_until=st.none() | DAY,
    certain_from=SHARE, shown_from=SHARE, edit=st.integers(2, 9),
)  # fmt: skip
POLICY = st.lists(
    st.builds(
        Shift, st.sampled_from(["*", "Julafton"]) | DAY, st.sampled_from(["none", "to:2027-01-04"]),
        years=st.sampled_from([(), (2026, 2027)]), containers=st.lists(CODE, max_size=2).map(tuple),
        zones=st.lists(CODE, max_size=2).map(tuple), **VERSION,
    ),
    max_size=3,
)  # fmt: skip


@settings(max_examples=40)
@given(TOWNS, TOWNS, POLICY)
def test_the_municipality_comes_back_with_its_past(
    now: Municipality, before: Municipality, policy: Any
) -> None:
    earlier = Municipality(**{field.name: getattr(before, field.name) for field in fields(before)} | {
        "edit": 1, "ended_edit": now.edit,
    })  # fmt: skip
    found = municipality.read(municipality.write([now, earlier], policy))
    assert found == ([earlier, now], policy, [])


def test_edits_are_written_with_their_time_and_without_a_name() -> None:
    text = written(directory.EDITS, [Edit(1, town.CREATED, "Loaded")])
    assert text == "number,at,summary\n1,2026-01-01T00:00:00+01:00,Loaded\n"


@pytest.mark.parametrize("value", [1e-05, 0.1, 0.123456789012345, 0.0, 1.0, 0.95])
def test_a_probability_is_written_without_an_exponent(value: float) -> None:
    codec = codecs.CODECS["share"]
    assert "e" not in codec.write(value)
    assert codec.read(codec.write(value)) == value
