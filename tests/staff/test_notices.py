"""Can the staff say something to residents, change it and end it? And is it read as text everywhere?"""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from tests import town
from tests.staff import asking
from wastecal import answers
from wastecal.core.rows import Notice
from wastecal.models import Edit
from wastecal.models import Notice as NoticeRow
from wastecal.staff.roles import Role

LIST, NEW = "/personal/driftinformation/", "/personal/driftinformation/ny/"
CHANGE, END = "/personal/driftinformation/andra/", "/personal/driftinformation/avsluta/"
SNOW = {
    "ready": "",
    "who": "some",
    "whom": "H1",
    "shown_from": "2026-11-23",
    "shown_until": "2026-11-26",
    "text_sv": "Plogbilen är sen.",
}
ADDRESS = f"/adress/{town.H1}"
PICKUP = date(2026, 11, 26)
HOSTILE = [
    "Säg \"hej\" & 'hå' <b>fet</b> </textarea><script>alert(1)</script>",
    "Halt väglag ❄️ 🧑‍🚒 – ring 112; \\n är inget radslut, {{ town }} {% url %}",
    "Första raden\nAndra raden\r\nATTENDEE:MAILTO:x@example.org",
    "Bakvänt \u202eneves\u202c och \u200frtl\u200f",
    "x" * 10_000,
]


@pytest.fixture
def publisher(client_of: Callable[..., Client]) -> Client:
    return client_of(Role.PUBLISH)


def live() -> list[Notice]:
    return list(NoticeRow.values_of(NoticeRow.objects.filter(ended_edit=None, edit__gt=1).order_by("pk")))


def on_the_page(client: Client, slug: str = town.H1) -> str:
    return asking.page_of(client.get(f"/adress/{slug}/")).text


def test_a_notice_is_shown_after_it_is_published_and_not_before(publisher: Client) -> None:
    checked = asking.check(publisher, SNOW, NEW)
    assert (checked.status, Edit.objects.count()) == (200, 1)
    assert "Plogbilen är sen." in checked.text
    assert "5 adresser" in checked.text
    receipt = asking.page_of(asking.step(publisher, checked, "publish", NEW))
    assert "Driftinformation för Holmby norra (H1) från måndag 23 november 2026" in receipt.text
    assert "Plogbilen är sen." in on_the_page(publisher)
    assert "Plogbilen är sen." not in on_the_page(publisher, "holmby/angavagen/4")


def test_the_last_day_counts_as_people_say_it(publisher: Client) -> None:
    asking.publish(publisher, SNOW, NEW)
    [row] = live()
    assert (row.shown_from, row.shown_until) == (date(2026, 11, 23), date(2026, 11, 27))
    assert row.shown_on(PICKUP)
    assert "till och med torsdag 26 november 2026" in asking.page_of(publisher.get(LIST)).text


def test_a_ready_sentence_is_said_in_each_language_and_own_words_follow_it(publisher: Client) -> None:
    asking.publish(publisher, {**SNOW, "ready": "snow", "text_sv": "", "who": "everyone"}, NEW)
    asking.publish(publisher, {**SNOW, "ready": "snow", "text_en": "We try on Friday."}, NEW)
    asking.publish(publisher, {**SNOW, "ready": "snow"}, NEW)
    plain, both, swedish = live()
    assert plain.text.get("en").startswith("Snow and ice")
    assert plain.text.get("sv") == "Snö och halka försenar tömningen. Låt kärlet stå kvar tills det är tömt."
    assert both.text.get("sv").endswith("tömt. Plogbilen är sen.")
    assert both.text.get("en").endswith("emptied. We try on Friday.")
    assert [lang for lang, _ in swedish.text.pairs] == ["sv"]  # the English would say less than the Swedish


FAULTS = [
    ({"text_sv": ""}, "Välj en mening, skriv egna ord, eller båda."),
    ({"ready": "hagel"}, "Välj en mening i listan."),
    ({"text_sv": "", "text_en": "Late."}, "Skriv det på det här språket också"),
    ({"text_sv": "=cmd()"}, "Börja med en bokstav"),
    ({"text_sv": "x" * 10_001}, "Skriv högst 10000 tecken. Du har skrivit 10001."),
    ({"who": ""}, "Välj för vem."),
    ({"whom": ""}, "Skriv minst en zon, gata eller adress, eller välj alla."),
    ({"whom": "H9"}, "Det finns ingen zon, gata eller adress ”H9”."),
    ({"whom": "Storgatan 1"}, "För en enskild adress, välj bara en färdig mening"),
    ({"shown_from": ""}, "Skriv från vilken dag den visas."),
    ({"shown_until": ""}, "Skriv vilken dag som är den sista."),
    ({"shown_until": "imorgon"}, "Skriv dagen så här: 2026-12-24."),
    ({"shown_until": "2026-11-22"}, "Den sista dagen är före den första."),
    ({"shown_from": "2026-11-01", "shown_until": "2026-11-22"}, "Den dagen har varit."),
    ({"shown_until": "3026-11-22"}, "Välj en dag de senaste eller de närmaste två åren."),
]  # fmt: skip


@pytest.mark.parametrize(("wrong", "said"), FAULTS)
def test_a_fault_is_said_beside_its_field_and_nothing_typed_is_lost(
    publisher: Client, wrong: dict[str, str], said: str
) -> None:
    asked = {"text_en": "", **SNOW, **wrong}
    page = asking.check(publisher, asked, NEW)
    assert page.status == 400
    assert page.text.count(said) == 2  # on top and beside the field
    assert Edit.objects.count() == 1
    assert asked["text_sv"] + asked["text_en"] in page.text


def test_a_changed_notice_is_one_edit_that_ends_a_row_and_begins_another(publisher: Client) -> None:
    asking.publish(publisher, {**SNOW, "whom": "H1, Ängavägen"}, NEW)
    page = asking.page_of(publisher.get(f"{CHANGE}?key=2.1"))
    assert "Plogbilen är sen." in page.text
    assert 'value="2026-11-26"' in page.html
    assert "H1 Ängavägen, Holmby" in page.text
    asked = {**SNOW, "key": "2.2", "whom": "H1, Ängavägen", "text_sv": "Plogbilen kom."}
    asking.publish(publisher, asked, CHANGE)
    assert [(row.key, row.text.get("sv")) for row in live()] == [
        ("3.1", "Plogbilen kom."),
        ("3.2", "Plogbilen kom."),
    ]
    assert NoticeRow.objects.filter(edit=2, ended_edit=3).count() == 2
    assert Edit.objects.count() == 3
    assert "Plogbilen kom." in on_the_page(publisher)


def test_a_change_raises_the_sequence_of_the_event_that_said_it(publisher: Client) -> None:
    asking.publish(publisher, SNOW, NEW)
    before = event(publisher)
    asked = {**SNOW, "key": "2.1", "shown_until": "2026-11-25"}
    asking.publish(publisher, asked, CHANGE)
    after = event(publisher)
    assert (before["UID"], int(before["SEQUENCE"])) == (after["UID"], int(after["SEQUENCE"]) - 1)
    assert "Plogbilen" in str(before["DESCRIPTION"])
    assert "Plogbilen" not in str(after["DESCRIPTION"])


def test_a_change_that_changes_nothing_makes_no_edit(publisher: Client) -> None:
    asking.publish(publisher, SNOW, NEW)
    checked = asking.check(publisher, {**SNOW, "key": "2.1"}, CHANGE)
    answer = asking.page_of(asking.step(publisher, checked, "publish", CHANGE))
    assert (answer.status, Edit.objects.count()) == (400, 2)


def test_who_changes_what_somebody_else_has_ended_is_told_and_keeps_what_was_typed(publisher: Client) -> None:
    asking.publish(publisher, SNOW, NEW)
    checked = asking.check(publisher, {**SNOW, "key": "2.1", "text_sv": "Ny text"}, CHANGE)
    end(publisher, "2.1")
    answer = asking.page_of(asking.step(publisher, checked, "publish", CHANGE))
    assert "finns inte längre" in answer.text
    assert "Ny text" in answer.text
    assert Edit.objects.count() == 3
    assert "finns inte längre" in asking.page_of(publisher.get(f"{CHANGE}?key=2.1")).text


def end(client: Client, key: str) -> asking.Page:
    checked = asking.page_of(client.get(f"{END}?key={key}"))
    assert checked.status == 200, checked.text
    return asking.page_of(asking.step(client, checked, "publish", END))


def test_a_notice_that_ends_now_is_gone_today_and_was_there_yesterday(publisher: Client) -> None:
    asking.publish(publisher, {**SNOW, "shown_from": "2026-11-20"}, NEW)
    receipt = end(publisher, "2.1")
    assert "Avslutad driftinformation för Holmby norra (H1): Plogbilen är sen." in receipt.text
    [row] = live()
    assert (row.shown_on(date(2026, 11, 22)), row.shown_on(town.TODAY)) == (True, False)
    assert "Plogbilen" not in on_the_page(publisher)
    assert "Plogbilen" in asking.page_of(publisher.get(LIST)).text.partition("Avslutad")[2]


def test_a_notice_that_began_today_ends_without_a_trace_and_comes_back_when_undone(publisher: Client) -> None:
    asking.publish(publisher, SNOW, NEW)
    end(publisher, "2.1")
    assert live() == []
    undo = "/personal/historik/angra/"
    asking.step(publisher, asking.page_of(publisher.get(f"{undo}?edit_undone=3")), "publish", undo)
    assert [row.text.get("sv") for row in live()] == ["Plogbilen är sen."]


@pytest.mark.parametrize("key", ["9.9", "", "x", "2.1 OR 1=1"])
def test_a_notice_that_never_was_is_not_found(publisher: Client, key: str) -> None:
    assert publisher.get(f"{END}?key={key}").status_code == 404
    assert "finns inte längre" in asking.page_of(publisher.get(f"{CHANGE}?key={key}")).text


def test_the_list_parts_what_is_shown_what_is_coming_and_what_is_over(publisher: Client) -> None:
    asking.publish(publisher, {**SNOW, "text_sv": "Sedan.", "shown_from": "2026-11-25"}, NEW)
    text = asking.page_of(publisher.get(LIST)).text
    now, _, later = text.partition("Kommer")
    assert "Alla dagar är påhittade." in now
    assert "Sedan." in later


def test_who_may_propose_proposes_a_notice(client_of: Callable[..., Client]) -> None:
    client = client_of(Role.PROPOSE)
    checked = asking.check(client, SNOW, NEW)
    proposal = asking.page_of(asking.step(client, checked, "propose", NEW))
    assert "Plogbilen är sen." in proposal.text
    assert Edit.objects.count() == 1


def event(client: Client) -> Any:
    feed: Any = Calendar.from_ical(client.get(f"{ADDRESS}.ics").content)
    return next(
        row for row in feed.walk("VEVENT") if row["DTSTART"].dt == PICKUP and "karl-1" in str(row["UID"])
    )


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_text_on_the_page_in_the_json_and_in_the_feed(publisher: Client, text: str) -> None:
    receipt = asking.receipt(publisher, {**SNOW, "text_sv": text}, NEW)
    plain = text.replace("\r\n", "\n")
    assert [row.text.get("sv") for row in live()] == [plain]
    words = " ".join(plain.split())
    for page in (receipt, *(asking.page_of(publisher.get(path)) for path in (LIST, f"{ADDRESS}/"))):
        assert page is receipt or words in page.text
        assert "<script>alert" not in page.html
    data = json.loads(publisher.get(f"{ADDRESS}.json").content)
    assert plain in [row["text"] for row in data["notices"]]
    said = event(publisher)
    assert plain.replace("\\n", "∖n") in str(said["DESCRIPTION"])  # a backslash that would break a line
    assert "ATTENDEE" not in said
    raw = publisher.get(f"{ADDRESS}.ics").content
    assert max(map(len, raw.split(b"\r\n"))) <= 75


def test_the_history_tells_it_in_one_line_without_breaks(publisher: Client) -> None:
    asking.publish(publisher, {**SNOW, "text_sv": HOSTILE[2]}, NEW)
    assert "\n" not in Edit.objects.get(number=2).summary
    answers.forget()
