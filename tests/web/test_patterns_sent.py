"""Does nothing stay of a pasted text that was not sent in, and can the page be misused?"""

import logging
import re

import pytest
from django.test import Client

from tests.web.pasting import PAGE, RIGHT, UNKNOWN, chosen, paste, said
from wastecal import inference, models
from wastecal.core.evidence import Evidence, Source
from wastecal.web.limits import Limits
from wastecal.web.patterns import views

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]


@pytest.fixture(autouse=True)
def _fresh_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "readings", Limits(each=50, together=100))
    monkeypatch.setattr(views, "sendings", Limits(each=2, together=5))


def stored() -> list[Evidence]:
    return inference.evidence()


def test_reading_keeps_nothing_and_notes_nothing(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = paste(client, f"{RIGHT}\nhemligt-zzq")
        paste(client, "hemligt-zzq")
        paste(client, "hemligt-zzq" * 9000)
    assert "hemligt" not in caplog.text
    assert stored() == []
    assert models.Report.objects.count() == 0
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_failure_tells_the_log_nothing_of_the_text(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(inference, "ask", fail)
    answer = paste(Client(raise_request_exception=False), f"{RIGHT}\nhemligt-zzq")
    assert answer.status_code == 500
    assert "RuntimeError" in caplog.text
    assert "hemligt" not in caplog.text + answer.content.decode()


def test_sent_in_it_is_the_day_the_container_the_street_the_source_and_a_number(client: Client) -> None:
    paste(client, "2026-10-01 06:10\nKärl 1 tömt på Storgatan 12B, mormor", send="1")
    (row,) = models.Evidence.objects.values()
    assert re.fullmatch(r"\d{18}", row["sending"])
    assert {key: str(value) for key, value in row.items() if key not in ("id", "sending")} == {
        "date": "2026-10-01", "locality": "Holmby", "street": "Storgatan", "number": "",
        "container": "karl-1", "kind": "collected", "source": "sms",
    }  # fmt: skip


def test_plain_days_come_from_a_resident(client: Client) -> None:
    paste(client, RIGHT, send="1")
    assert {row.source for row in stored()} == {Source.RESIDENT}
    assert len({row.sending for row in stored()}) == 1


def test_the_receipt_says_what_is_stored(client: Client) -> None:
    page = said(paste(client, "Kärl 1 2026-10-01\n2026-10-15", send="1"))
    assert "Tack, dina dagar har kommit in" in page
    assert "Gata Storgatan, Holmby" in page
    assert "Okänt kärl, tömdes torsdag 15 oktober 2026 Kärl 1, tömdes torsdag 1 oktober 2026" in page
    assert f"Slumptal {stored()[0].sending}" in page


def test_what_was_corrected_is_what_is_sent(client: Client) -> None:
    paste(
        client,
        "2026-10-01\n2026-10-02",
        send="1",
        **{"dag-2026-10-01": "karl-1,karl-2", "dag-2026-10-02": "-"},
    )
    assert [(row.date.isoformat(), row.container) for row in stored()] == [
        ("2026-10-01", "karl-1"),
        ("2026-10-01", "karl-2"),
    ]


def test_sending_twice_doubles_nothing(client: Client) -> None:
    paste(client, RIGHT, send="1")
    before = stored()
    page = said(paste(client, RIGHT, send="1"))
    assert stored() == before
    assert "De här dagarna finns redan" in page
    assert "Slumptal" not in page


def test_a_text_that_was_mended_is_the_same_sending(client: Client) -> None:
    number = re.search(r'name="sending" value="(\d{18})"', paste(client, RIGHT).content.decode())
    assert number
    paste(client, RIGHT, send="1", sending=number[1])
    paste(client, f"{RIGHT}\nKärl 1: 2026-09-17", send="1", sending=number[1])
    assert [row.sending for row in stored()] == [number[1]] * 5


def test_own_days_that_were_sent_in_before_make_nothing_surer(client: Client) -> None:
    before = said(paste(client, "Kärl 1 2026-10-01", UNKNOWN)).partition("Så läste vi")[0]
    paste(client, "Kärl 1 2026-10-01", UNKNOWN, send="1")
    assert (
        said(paste(client, "Kärl 1 2026-10-01", UNKNOWN))
        .partition("Så läste vi")[0]
        .startswith(before.partition("Texten säger")[0])
    )


def test_what_others_on_the_street_have_sent_is_counted_in_and_said(client: Client) -> None:
    for text in ("Kärl 1 2026-10-06", "Kärl 1 2026-10-20"):
        paste(client, text, "/adress/holmby/angavagen/4/sms/", send="1")
    page = said(paste(client, "Kärl 1 2026-11-17", UNKNOWN))
    assert "Inräknat: 2 dagar som andra har berättat om på samma gata." in page
    assert "Kärl 1: varannan tisdag Nästan säkert" in page


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Klistra in minst ett sms eller en dag."),
        (" \n\t ", "Klistra in minst ett sms eller en dag."),
        ("Ring 040-42 50 00, priset är 12.50 kr", "Vi hittade ingen dag i texten."),
        ("Imorgon töms Kärl 1", "Vi hittade ingen dag i texten."),
        ("😀" * 20_001, "Klistra in högst 20000 tecken åt gången. Det här är 20001."),
        ("å" * 50_000, "Klistra in högst 20000 tecken åt gången. Det här är 50000."),
        ("\n".join(f"{day}/{month}" for month in range(1, 13) for day in range(1, 14)), "Det är 156 dagar"),
    ],
)
def test_a_mistake_is_said_on_top_and_the_text_is_kept(client: Client, text: str, sentence: str) -> None:
    answer = paste(client, text)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert sentence in page.partition("</h1>")[0]
    assert text.strip() in page
    assert stored() == []


def test_a_huge_text_is_refused_before_it_is_read(client: Client) -> None:
    answer = paste(client, "a" * 1_100_000)
    assert answer.status_code == 413
    assert "Det var för mycket text." in answer.content.decode()


def test_a_program_that_fills_in_the_trap_is_offered_the_form_without_it(client: Client) -> None:
    answer = paste(client, RIGHT, website="spam", send="1")
    assert answer.status_code == 400
    assert "spam" not in answer.content.decode()
    assert stored() == []


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
def test_a_form_on_another_website_cannot_send(client: Client, headers: dict[str, str]) -> None:
    answer = client.post(PAGE, {"text": RIGHT, "send": "1"}, headers=headers)
    assert (answer.status_code, stored()) == (403, [])
    assert "2026-10-29" in answer.content.decode()


def test_too_much_is_stopped_with_a_sentence_and_the_days_are_kept(client: Client) -> None:
    texts = ("2026-10-01", "2026-10-15", "2026-10-29")
    answers_given = [paste(client, text, send="1") for text in texts]
    assert [answer.status_code for answer in answers_given] == [200, 200, 429]
    page = answers_given[-1].content.decode()
    assert "För mycket har skickats in i dag." in page.partition("</h1>")[0]
    assert "2026-10-29</textarea>" in page
    assert len(stored()) == 2


def test_too_many_readings_are_stopped_with_the_text_kept(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "readings", Limits(each=2, together=5))
    first, second, last = (paste(client, "2026-10-01") for _ in range(3))
    assert first.status_code == second.status_code == 200
    assert last.status_code == 429
    assert "2026-10-01</textarea>" in last.content.decode()


HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=y> 2026-10-15 </textarea><b>{{ town }}"


def test_markup_is_only_letters(client: Client) -> None:
    for more in ({}, {"send": "1"}):
        page = paste(client, HOSTILE, **more).content.decode()
        assert not re.search(r"<script>|<img|<b>", page)
    page = paste(client, HOSTILE.replace("2026-10-15", "31/2")).content.decode()
    assert not re.search(r"<script>|<img|<b>", page)


def test_marks_for_the_direction_of_writing_do_not_hide_a_day(client: Client) -> None:
    answer = paste(client, "\u200e2026-10-15\u200f kärl\u00a01\n\u202a2026\u2011\u202c \u2066\u202e")
    assert chosen(answer) == {"2026-10-15": "karl-1"}
    assert "\u202e" not in answer.content.decode().partition("<textarea")[0]


def test_control_characters_and_surrogates_do_no_harm(client: Client) -> None:
    answer = paste(
        client,
        "\x00\x1b[2J2026-10-15\ud800\ufffe".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
    )
    assert answer.status_code == 200
    assert b"\x1b" not in answer.content
