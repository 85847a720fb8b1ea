"""Is what is read aloud on the phone what the days say, for every address on any day?"""

from datetime import date, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tests import loaded, town
from wastecal import answers, words
from wastecal.core.texts import of as text_of
from wastecal.staff.calls import aloud, sheet
from wastecal.staff.notices.form import NoticeForm

pytestmark = pytest.mark.django_db

DAYS = st.dates(date(2026, 9, 1), date(2027, 11, 1))
NEAR = st.integers(-40, 40).map(lambda number: town.TODAY + timedelta(days=number))


_holmby = loaded.once(autouse=True)


@given(slug=st.sampled_from(town.SLUGS), today=DAYS, lang=st.sampled_from(["sv", "en"]))
def test_the_day_that_is_read_aloud_is_the_first_on_which_a_truck_may_come(
    slug: str, today: date, lang: str
) -> None:
    answer = answers.for_address(slug, today)
    assert answer
    with translation.override(lang):
        said = aloud.sentences(answer, today)
        coming = [row for row in answer.pickups if row.comes and row.last_day >= today]
        assert said
        assert all(sentence.endswith((".", ")")) for sentence in said)
        if not coming:
            return
        first = min(coming, key=lambda row: (max(row.date, today), row.last_day))
        [next_one] = [
            text for text in said if text.startswith(("Nästa tömning på", "The next collection at"))
        ]
        assert words.window(first, year=today.year) in next_one
        assert answer.container(first.container).name.said(lang).text in next_one


@given(slug=st.sampled_from(town.SLUGS), today=DAYS)
def test_the_screen_lists_every_day_there_is_once_and_in_order(slug: str, today: date) -> None:
    answer = sheet.find(slug, today)
    assert answer
    shown = sheet.of(answer, answer.town, today)
    over = sorted({(row.date, row.last_day) for row in answer.pickups if row.last_day < today})
    ahead = sorted({(row.date, row.last_day) for row in answer.pickups if row.last_day >= today})
    assert [row["pickups"][0]["iso"] for row in shown["last"]] == [
        first.isoformat() for first, _ in reversed(over[-3:])
    ]
    assert [row["pickups"][0]["iso"] for row in shown["next"]] == [
        first.isoformat() for first, _ in ahead[:5]
    ]


@given(first=NEAR, last=NEAR, day=NEAR)
def test_a_notice_is_shown_from_its_first_day_to_its_last(first: date, last: date, day: date) -> None:
    form = NoticeForm(
        town.TODAY, {"who": "everyone", "text_sv": "Snö", "shown_from": str(first), "shown_until": str(last)}
    )
    assert form.is_valid() == (last >= max(first, town.TODAY))
    if form.is_valid():
        said = form.cleaned_data
        assert said["text"] == text_of({"sv": "Snö"})
        assert (said["shown_from"] <= day < said["stop"]) == (first <= day <= last)
