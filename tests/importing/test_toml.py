"""Does what we write as TOML say the same when it is read?"""

import tomllib
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from wastecal.core import codecs
from wastecal.importing import toml

TEXTS = st.text().map(codecs.clean)
DATES = st.dates(date(1900, 1, 1), date(2199, 12, 31))
VALUES = TEXTS | DATES | st.integers(0, 10**6) | st.floats(0, 1) | st.lists(TEXTS, min_size=1)
KEYS = st.from_regex(r"[a-z_]{1,8}", fullmatch=True)


@given(st.dictionaries(KEYS, VALUES), st.lists(st.dictionaries(KEYS, VALUES, min_size=1)))
def test_what_is_written_is_what_is_read(data: dict[str, Any], rows: list[dict[str, Any]]) -> None:
    whole = {**data, "SHIFT": rows}
    assert tomllib.loads(toml.dumps(whole)) == (whole if rows else data)


def test_it_looks_as_a_person_would_write_it() -> None:
    data = {
        "name": "Höllviken",
        "languages": ["sv", "en"],
        "created": datetime(2026, 1, 1, tzinfo=UTC),
        "shift": [{"holiday": date(2026, 12, 24), "move": "none"}, {"holiday": "*", "move": "none"}],
    }
    assert toml.dumps(data) == (
        'name = "Höllviken"\nlanguages = ["sv", "en"]\ncreated = 2026-01-01T00:00:00+00:00\n'
        '\n[[shift]]\nholiday = 2026-12-24\nmove = "none"\n'
        '\n[[shift]]\nholiday = "*"\nmove = "none"\n'
    )
