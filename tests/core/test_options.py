"""Does the shortest URL of a feed ask for exactly what was wanted?"""

from datetime import time
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wastecal.core import options
from wastecal.core.ics import Reminder
from wastecal.core.options import EVENING_BEFORE, Options

CODES = ("karl-1", "karl-2", "tradgard")
reminders = st.builds(
    Reminder, st.times().map(lambda at: at.replace(second=0, microsecond=0)), st.sampled_from((0, 1))
)
wishes = st.builds(
    Options,
    st.none() | reminders,
    st.lists(st.sampled_from(CODES), unique=True).map(tuple),
)


@given(wishes, st.booleans())
def test_what_the_url_says_is_what_was_wanted(wanted: Options, reminding: bool) -> None:
    url = urlsplit(options.ending(wanted, reminding=reminding))
    given = {name: values[-1] for name, values in parse_qs(url.query).items()}
    rings = EVENING_BEFORE if url.path == ".paminn.ics" else None
    assert options.read(given, CODES, rings) == wanted


@pytest.mark.parametrize(
    ("wanted", "of_address", "of_zone"),
    [
        (Options(), ".ics", ".ics"),
        (Options(EVENING_BEFORE), ".paminn.ics", ".ics?paminn=18:00"),
        (Options(Reminder(time(19, 30))), ".paminn.ics?paminn=19:30", ".ics?paminn=19:30"),
        (Options(Reminder(time(6, 30), 0)), ".paminn.ics?paminn=06:30&dag=0", ".ics?paminn=06:30&dag=0"),
        (Options(None, ("karl-1", "karl-2")), ".ics?karl=karl-1,karl-2", ".ics?karl=karl-1,karl-2"),
        (Options(EVENING_BEFORE, ("karl-2",)), ".paminn.ics?karl=karl-2", ".ics?paminn=18:00&karl=karl-2"),
    ],
)
def test_it_has_as_few_parameters_as_can_be(wanted: Options, of_address: str, of_zone: str) -> None:
    assert options.ending(wanted, reminding=True) == of_address
    assert options.ending(wanted, reminding=False) == of_zone
