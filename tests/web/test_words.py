"""Are days, changes and certainties said as people say them?"""

from dataclasses import replace
from datetime import date
from pathlib import Path
from re import findall

import pytest
from django.utils import translation

from tests.town import municipality
from wastecal import words
from wastecal.core import holidays, texts
from wastecal.core.errors import Problem
from wastecal.core.overrides import Reason
from wastecal.core.pickup import Alternative, Pickup, Status
from wastecal.core.recurrence import Provenance, Rule, Season

CHRISTMAS_EVE = date(2026, 12, 24)
PLAIN = Pickup("karl-1", CHRISTMAS_EVE, CHRISTMAS_EVE, CHRISTMAS_EVE)
SHIFTED = replace(PLAIN, date=date(2026, 12, 23), status=Status.SHIFTED, holiday="Julafton")
WEEKLY = "FREQ=WEEKLY;INTERVAL="


@pytest.mark.usefixtures("in_swedish")
@pytest.mark.parametrize(
    ("rrule", "said"),
    [
        ("FREQ=WEEKLY", "varje vecka"),
        (WEEKLY + "2", "varannan vecka"),
        (WEEKLY + "4;BYDAY=TU", "var fjärde vecka"),
        (WEEKLY + "6", "var 6:e vecka"),
        ("FREQ=DAILY;INTERVAL=14", "varannan vecka"),
        ("FREQ=MONTHLY;BYDAY=1TU", "första tisdagen i månaden"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "sista fredagen i månaden"),
        ("FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=3", "varannan månad"),
        ("FREQ=YEARLY;BYWEEKNO=" + ",".join(map(str, range(1, 54, 2))), "udda veckor"),
        ("FREQ=YEARLY;BYWEEKNO=" + ",".join(map(str, range(2, 53, 2))) + ";BYDAY=TU", "jämna veckor"),
        ("FREQ=YEARLY;BYWEEKNO=19,21,23", "udda veckor från 19 till 23"),
        ("FREQ=YEARLY;BYWEEKNO=5,9,20", "vecka 5, 9 och 20"),
        ("FREQ=YEARLY;BYWEEKNO=-1", ""),
        ("NONE", ""),
        ("", ""),
    ],
)
def test_an_interval_is_said_in_plain_words(rrule: str, said: str) -> None:
    assert words.interval(rrule) == said


@pytest.mark.usefixtures("in_swedish")
def test_an_ordinary_schedule_names_its_weekday() -> None:
    rule = Rule("everyone", "karl-1", date(2026, 11, 26), WEEKLY + "2")
    assert words.frequency(rule) == "torsdag varannan vecka"
    assert (
        words.frequency(replace(rule, rrule=WEEKLY + "2;BYDAY=MO,TH")) == "måndag och torsdag varannan vecka"
    )
    assert words.frequency(replace(rule, rrule="FREQ=MONTHLY;BYDAY=4TH")) == "fjärde torsdagen i månaden"


@pytest.mark.usefixtures("in_swedish")
def test_the_beginning_of_a_season_names_its_week_and_its_year_only_where_it_is_far_away() -> None:
    said = "Börjar igen vecka 18, tisdag 28 april"
    assert words.begins_again(date(2026, 4, 28), year=2026) == said
    assert words.begins_again(date(2026, 4, 28), year=2025) == said
    assert words.begins_again(date(2026, 4, 28), year=2024) == said + " 2026"


@pytest.mark.usefixtures("in_swedish")
def test_a_day_says_its_year_only_where_it_is_another() -> None:
    assert words.day(date(2026, 11, 26), year=2026) == "torsdag 26 november"
    assert words.day(date(2027, 1, 7), year=2026) == "torsdag 7 januari 2027"


@pytest.mark.usefixtures("in_swedish")
@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ((2026, 12, 27), (2026, 12, 28), "27 eller 28 december"),
        ((2026, 12, 28), (2026, 12, 30), "mellan 28 och 30 december"),
        ((2026, 11, 30), (2026, 12, 1), "30 november eller 1 december"),
        ((2026, 12, 31), (2027, 1, 1), "31 december eller 1 januari 2027"),
    ],
)
def test_a_window_is_said_in_one_breath(
    first: tuple[int, int, int], last: tuple[int, int, int], said: str
) -> None:
    pickup = replace(PLAIN, date=date(*first), date_until=date(*last), status=Status.MOVED)
    assert words.window(pickup, year=2026) == said


@pytest.mark.usefixtures("in_swedish")
def test_a_shifted_pickup_says_from_when_and_why() -> None:
    assert words.status_line(SHIFTED) == "Flyttad från torsdag 24 december: Julafton"


@pytest.mark.usefixtures("in_english")
def test_a_holiday_has_its_english_name() -> None:
    assert words.status_line(SHIFTED) == "Moved from Thursday 24 December: Christmas Eve"


def test_every_holiday_of_the_calendar_has_a_name_in_both_languages() -> None:
    with translation.override("sv"):
        assert [words.holiday(name) for name in holidays.NAMES] == list(holidays.NAMES)
    with translation.override("en"):
        assert not {words.holiday(name) for name in holidays.NAMES} & set(holidays.NAMES)


@pytest.mark.usefixtures("in_swedish")
def test_every_code_of_a_reason_at_one_address_is_put_in_words() -> None:
    said = [words.reason(replace(PLAIN, reason=texts.of({"sv": code}))) for code in Reason]
    assert not {one.text for one in said} & set(Reason)
    assert len({one.text for one in said}) == len(Reason)


@pytest.mark.usefixtures("in_english")
def test_a_reason_in_another_language_says_which() -> None:
    why = words.reason(replace(PLAIN, status=Status.MOVED, reason=texts.of({"sv": "Snö"})))
    assert (why.text, why.lang) == ("Snö", "sv")


@pytest.mark.usefixtures("in_swedish")
@pytest.mark.parametrize(
    ("pickup", "said"),
    [
        (PLAIN, "Bekräftad"),
        (replace(PLAIN, certainty=Provenance.DEFAULT), "Enligt allmän regel"),
        (
            replace(PLAIN, certainty=Provenance.RECONSTRUCTED, probability=0.98),
            "Beräknad ur gamla uppgifter, 98 % säker",
        ),
        (
            replace(PLAIN, certainty=Provenance.RECONSTRUCTED, probability=0.8, tentative=True),
            "Osäker: torsdag 24 december, 80 % sannolik",
        ),
        (
            replace(
                PLAIN,
                certainty=Provenance.RECONSTRUCTED,
                probability=0.8,
                tentative=True,
                alternatives=(Alternative(date(2026, 12, 31), 0.15),),
            ),
            "Osäker: torsdag 24 december, 80 % sannolik, eller torsdag 31 december (15 %)",
        ),
        (replace(PLAIN, preliminary=True), "Preliminär: dagarna i helgveckan är inte bestämda än"),
    ],
)
def test_every_certainty_has_its_words(pickup: Pickup, said: str) -> None:
    assert words.certainty(pickup).replace("\u00a0", " ") == said


@pytest.mark.usefixtures("in_swedish")
def test_nothing_short_of_certain_is_called_a_hundred_per_cent() -> None:
    assert words.percent(0.9999).startswith("99")
    assert words.percent(1.0).startswith("100")


@pytest.mark.usefixtures("in_swedish")
def test_a_title_in_the_calendar_is_bare_unless_no_truck_comes() -> None:
    bare = {
        words.summary("Kärl 1", pickup) for pickup in (PLAIN, SHIFTED, replace(PLAIN, status=Status.ADDED))
    }
    assert bare == {"Kärl 1 töms"}
    assert words.summary("Kärl 1", replace(PLAIN, status=Status.CANCELLED)) == "Inställd: Kärl 1"
    assert words.summary("Kärl 1", replace(PLAIN, status=Status.DELAYED)) == "Försenad: Kärl 1"


@pytest.mark.usefixtures("in_swedish")
def test_a_season_over_new_year_is_said_as_it_stands() -> None:
    assert words.season(Season(44, 12)) == "vecka 44–12"


@pytest.mark.usefixtures("in_swedish")
def test_a_problem_says_where_it_is_and_with_which_value() -> None:
    fault = Problem("date", "rules.csv", 12, "anchor", "2026-13-01")
    said = "rules.csv, rad 12, anchor: ”2026-13-01” är inget datum: skriv det som ÅÅÅÅ-MM-DD."
    assert words.problem(fault) == said


@pytest.mark.usefixtures("in_swedish")
def test_an_unknown_problem_still_says_all_it_has() -> None:
    said = words.problem(Problem("new_code", "a.csv", 3, "b", "100 % c"))
    assert [part for part in ("new_code", "a.csv", "3", "b", "100 % c") if part not in said] == []


@pytest.mark.usefixtures("in_swedish")
def test_a_value_of_any_length_makes_one_readable_sentence() -> None:
    assert len(words.problem(Problem("date", "rules.csv", 1, "anchor", "x" * 1_000_000))) < 250


def test_every_problem_that_the_code_can_find_has_its_own_sentence() -> None:
    package = Path(words.__file__).parent.parent
    sources = "\n".join(file.read_text("utf-8") for file in package.rglob("*.py"))
    raised = set(findall(r'\bProblem\(\s*"([a-z_]+)"', sources))
    assert {code for code in raised if "“" + code + "”" in words.problem(Problem(code))} == set()


@pytest.mark.parametrize(
    ("lang", "said"),
    [("sv", "Ställ ut senast kl. 06.00 samma morgon."), ("en", "Put it out by 06:00 the same morning.")],
)
def test_a_time_of_day_is_written_as_the_language_writes_it(lang: str, said: str) -> None:
    with translation.override(lang):
        assert words.put_out(municipality(put_out_by="06:00")) == said
        assert words.put_out(municipality(put_out_by="")) == ""


@pytest.mark.parametrize(("days", "sv", "en"), [
    (0, "i dag", "today"),
    (1, "i morgon", "tomorrow"),
    (2, "i övermorgon", "in 2 days"),
    (3, "om 3 dagar", "in 3 days"),
])  # fmt: skip
def test_how_far_ahead_a_day_is_is_said_as_people_say_it(days: int, sv: str, en: str) -> None:
    """As browsers say it (the Unicode consortium's words), for a page read on a later day."""
    for language, said in (("sv", sv), ("en", en)):
        with translation.override(language):
            assert words.away(days) == said
