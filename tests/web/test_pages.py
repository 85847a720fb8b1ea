"""Does each URL show what it should, in the right order, and fail in plain words?"""

import re
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from tests.web import directory
from wastecal import answers
from wastecal.web import page

ADDRESS = "/adress/holmby/storgatan/12b/"
pytestmark = [pytest.mark.django_db]
loaded = pytest.mark.usefixtures("town")


def text_of(client: Client, path: str, status: int = 200) -> str:
    """The words of a page, each run of white space as one space."""
    answer = client.get(path)
    assert answer.status_code == status
    plain = re.sub(r"<(svg|head).*?</\1>|<[^>]+>", " ", answer.content.decode(), flags=re.DOTALL)
    return " ".join(plain.split())


@loaded
def test_the_next_collection_names_every_container_of_that_day(client: Client) -> None:
    page = client.get(ADDRESS).content.decode()
    section = page[page.index('<section class="next"') :].partition("</section>")[0]
    assert '<time class="next-day" datetime="2026-11-26">torsdag 26 november</time>' in section
    assert re.findall("Kärl [12]", section) == ["Kärl 1", "Kärl 2"]
    assert "Ställ ut senast kl. 06.00 samma morgon" in section


@loaded
def test_the_parts_of_an_address_page_stand_in_order(client: Client) -> None:
    said = text_of(client, ADDRESS)
    parts = [
        "Storgatan 12B",
        "Nästa tömning",
        "Meddelanden",
        "Inte som vanligt",
        "Kommande dagar",
        "Om du också",
    ]
    parts += ["Dina kärl", "Prenumerera, så följer", "Uppgifterna är från"]
    places = [said.find(part) for part in parts]
    assert -1 not in places
    assert places == sorted(places)


@loaded
def test_a_moved_collection_says_from_when_and_why(client: Client) -> None:
    said = text_of(client, ADDRESS)
    assert "11 eller 12 december" in said
    assert "Flyttad från torsdag 10 december: Bilen är på verkstad" in said
    assert "Flyttad från torsdag 24 december: Julafton" in said


@loaded
def test_a_delayed_collection_stands_before_the_next_one(client: Client) -> None:
    said = text_of(client, "/adress/holmby/storgatan/3/")
    assert said.index("låt kärlet stå kvar: vägarbete") < said.index("Nästa tömning")


@loaded
def test_a_delayed_collection_is_still_shown_the_week_after(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 12, 3, 11, 0, tzinfo=UTC))
    assert "låt kärlet stå kvar" in text_of(client, "/adress/holmby/storgatan/3/")


@loaded
def test_a_cancelled_container_is_not_put_out(client: Client) -> None:
    page = client.get("/adress/holmby/storgatan/2/").content.decode()
    section = page[page.index('<section class="next"') :].partition("</section>")[0]
    assert "Kärl 2" not in section
    assert "Inställd: vädret" in page


@loaded
def test_two_pickups_of_one_container_on_one_day_are_shown_as_one(client: Client) -> None:
    page = client.get("/adress/holmby/storgatan/2/").content.decode()
    section = page[page.index('<section class="next"') :].partition("</section>")[0]
    assert section.count("Kärl 1") == 1
    assert "Extra tömning" in section


@loaded
def test_an_uncertain_day_says_so_in_words(client: Client) -> None:
    assert "Osäker, 80 %" in text_of(client, "/adress/holmby/angavagen/4/")


@loaded
def test_candidates_are_shown_with_both_probabilities_and_whom_to_ask(client: Client) -> None:
    said = text_of(client, "/adress/holmby/angavagen/4/")
    assert "tisdag 1 december (51 %) eller tisdag 8 december (44 %)" in said
    assert "Holmby Direkt telefon 040\u201142 50 00" in said


@loaded
def test_an_address_without_a_zone_says_what_is_known(client: Client) -> None:
    said = text_of(client, "/adress/holmby/angavagen/6/")
    assert "Kärl 1 töms varannan vecka; dagen är ännu okänd." in said
    assert "Nästa tömning" not in said


@loaded
def test_a_container_that_is_not_emptied_here_says_so(client: Client) -> None:
    assert "Kärl 2 töms inte här." in text_of(client, "/adress/holmby/storgatan/8/")


@loaded
def test_a_block_of_flats_is_told_to_ask_its_association(client: Client) -> None:
    said = text_of(client, "/adress/holmby/parkgatan/1/")
    assert "Fråga din förening" in said
    assert "Prenumerera" not in said


@loaded
def test_a_business_is_told_to_ask_its_contractor(client: Client) -> None:
    assert "Fråga den ni har avtal med" in text_of(client, "/adress/holmby/parkgatan/2/")


@loaded
@pytest.mark.parametrize(
    ("one", "other", "said"), [("8a", "8b", "ett fritidshus"), ("8b", "8a", "en helårsbostad")]
)
def test_the_two_kinds_of_house_at_one_number_lead_to_each_other(
    client: Client, one: str, other: str, said: str
) -> None:
    path = "/adress/holmby/angavagen/"
    assert f"Här finns också {said}: Ängavägen" in text_of(client, f"{path}{one}/")
    assert f'href="{path}{other}/"' in client.get(f"{path}{one}/").content.decode()


@loaded
def test_houses_of_one_kind_or_of_other_numbers_do_not(client: Client) -> None:
    assert "Här finns också" not in text_of(client, ADDRESS)


def test_the_way_up_from_a_renamed_address_is_its_present_street(client: Client, tmp_path: Path) -> None:
    renamed = {"street": "Nygatan", "number": "1", "locality": "Holmby", "slug": "holmby/gammelgatan/1"}
    folder = directory.write(tmp_path, addresses=[*directory.ADDRESSES, renamed])
    call_command("load", str(folder), stdout=StringIO())
    page = client.get("/adress/holmby/gammelgatan/1/").content.decode()
    assert 'href="/adresser/holmby/nygatan/">Nygatan</a>' in page
    assert "Nygatan" in text_of(client, "/adresser/holmby/nygatan/")


@loaded
def test_a_container_out_of_season_says_when_it_begins_again(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Börjar igen vecka 19, tisdag 11 maj." in text_of(client, ADDRESS)
    assert 'data-until="2027-05-11"' in client.get(ADDRESS).content.decode()
    monkeypatch.setattr(timezone, "now", lambda: datetime(2027, 5, 12, 11, 0, tzinfo=UTC))
    assert "Börjar igen" not in text_of(client, ADDRESS)


@loaded
def test_every_date_of_the_answer_from_today_on_is_listed(client: Client) -> None:
    answer = answers.for_address("holmby/storgatan/12b", directory.TODAY)
    assert answer is not None
    page = client.get(ADDRESS).content.decode()
    missing = [
        row for row in answer.pickups if row.date >= directory.TODAY and f'datetime="{row.date}"' not in page
    ]
    assert missing == []
    assert len(answer.pickups) > 30


@loaded
def test_the_feed_and_the_way_to_all_choices_stand_on_the_page(client: Client) -> None:
    page = client.get("/en" + ADDRESS).content.decode()
    assert 'href="webcal://testserver/en/adress/holmby/storgatan/12b.ics"' in page
    assert 'href="/en/adress/holmby/storgatan/12b/prenumerera/"' in page


@loaded
def test_the_page_says_for_which_day_it_is_and_how_fresh(client: Client) -> None:
    said = text_of(client, ADDRESS)
    assert "Sidan gjordes måndag 23 november 2026." in said
    assert "Uppgifterna är från 23 november 2026 14.05." in said


@loaded
def test_one_hit_leads_straight_to_its_page_and_keeps_the_language(client: Client) -> None:
    answer = client.get("/en/", {"q": "storgatan 12 b holmby"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/en" + ADDRESS)


@loaded
def test_several_hits_are_listed(client: Client) -> None:
    page = client.get("/", {"q": "storgatan"}).content.decode()
    assert f'href="{ADDRESS}"' in page
    assert "Vilken är din?" in page


@loaded
def test_a_number_that_is_not_there_shows_the_street_and_the_neighbours(client: Client) -> None:
    said = text_of(client, "/?q=storgatan+9+holmby")
    assert "Numret finns inte på Storgatan, Holmby" in said
    assert "Storgatan 8 : torsdag 26 november" in said
    assert said.count("Storgatan 8") == 1, "no house stands in two lists"
    assert "Saknas din adress?" in said


@loaded
def test_a_wrong_url_of_a_street_shows_the_neighbours_too(client: Client) -> None:
    said = text_of(client, "/adress/holmby/storgatan/9/", status=404)
    assert "Storgatan 8 : torsdag 26 november" in said


@loaded
def test_a_misspelling_offers_the_nearest_streets(client: Client) -> None:
    assert "Storgatan, Holmby" in text_of(client, "/?q=stårgattann+1")


@loaded
@pytest.mark.parametrize(
    "typed",
    ["\x00", "a\x00b", "å" * 10_000, "<script>alert(1)</script>", "%", "'; --", "\u202e12", "🙂", " \t "],
)
def test_nonsense_gets_a_friendly_page(client: Client, typed: str) -> None:
    answer = client.get("/", {"q": typed})
    assert answer.status_code == 200
    assert b"<script>" not in answer.content


@loaded
@pytest.mark.parametrize(
    "path",
    [
        "/adress/holmby/storgatan/99/",
        "/adress/HOLMBY/storgatan/2/",
        "/adress/holmby/storgatan/2/3/",
        "/adress/holmby/storgatan/%00/",
        "/adress/holmby/storgatan/../",
        "/adress/holmby/storgatan/2--3/",
        "/adress/holmby/storgatan/2.ics/",
        "/adresser/nowhere/",
        "/adresser/holmby/nowhere/",
        "/zon/x/",
        "/zon/%F6/",
        "/zon/h1.ics/",
        "/de/",
        "/" + "a/" * 3000,
    ],
)
def test_a_wrong_url_is_a_page_that_searches(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert b'name="q"' in answer.content


@loaded
def test_a_wrong_address_is_offered_as_the_search(client: Client) -> None:
    page = client.get("/en/adress/holmby/storgatan/99/").content.decode()
    assert 'value="storgatan 99, holmby"' in page
    assert f'href="/en{ADDRESS}"' in page


@loaded
@pytest.mark.parametrize("path", ["/om", "/adresser", ADDRESS.rstrip("/"), "/en/zon/h1"])
def test_a_missing_slash_is_added(client: Client, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Location"]) == (301, path + "/")


@loaded
def test_streets_stand_in_swedish_order(client: Client) -> None:
    page = client.get("/adresser/holmby/").content.decode()
    assert re.findall(r'href="/adresser/holmby/(\w+)/"', page) == ["parkgatan", "storgatan", "angavagen"]


@loaded
def test_browsing_leads_from_the_towns_to_an_address(client: Client) -> None:
    assert 'href="/adresser/holmby/"' in client.get("/adresser/").content.decode()
    assert f'href="{ADDRESS}"' in client.get("/adresser/holmby/storgatan/").content.decode()


@loaded
@pytest.mark.parametrize("code", ["h1", "H1"])
def test_a_zone_has_its_page_in_any_case(client: Client, code: str) -> None:
    said = text_of(client, f"/zon/{code}/")
    assert "Holmby norra" in said
    assert "torsdag 26 november" in said


@loaded
def test_the_about_page_explains_every_word_for_certainty(client: Client) -> None:
    said = text_of(client, "/om/")
    for word in ("Bekräftad", "Enligt allmän regel", "Beräknad ur", "Osäker", "Preliminär", "95 %"):
        assert word in said
    assert "Något ändrades senast 23 november 2026 14.05." in said


@loaded
def test_a_page_is_not_sent_again_the_same_day_and_is_the_next(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    tag = client.get(ADDRESS).headers["ETag"]
    again = client.get(ADDRESS, headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 23, 23, 0, 1, tzinfo=UTC))
    assert client.get(ADDRESS, headers={"If-None-Match": tag}).status_code == 200


@loaded
def test_a_page_is_kept_for_minutes_and_never_past_midnight(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.get(ADDRESS).headers["Cache-Control"] == "public, max-age=300"
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 23, 22, 59, 30, tzinfo=UTC))
    assert client.get(ADDRESS).headers["Cache-Control"] == "public, max-age=30"


@loaded
def test_the_day_is_that_of_the_municipality(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 26, 23, 30, tzinfo=UTC))
    assert "Sidan gjordes fredag 27 november" in text_of(client, ADDRESS)


@loaded
def test_head_answers_like_get_and_nothing_else_is_allowed(client: Client) -> None:
    head = client.head(ADDRESS)
    assert (head.status_code, head.content) == (200, b"")
    assert client.post(ADDRESS).status_code == 405


@loaded
@pytest.mark.parametrize("path", ["/", "/?q=x", "/adresser/", ADDRESS, "/zon/h1/", "/om/", "/nowhere/"])
def test_pages_set_no_cookie_and_ask_for_nothing_from_elsewhere(client: Client, path: str) -> None:
    answer = client.get(path)
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")
    page = answer.content.decode()
    assert re.findall(r'(?:src|rel="stylesheet" href|rel="icon" href)="(?!/static/)', page) == []
    assert "style=" not in page
    scripts = re.findall(r"<script[^>]*>", page)
    assert [tag for tag in scripts if not re.fullmatch(r'<script src="/static/[a-z/.]+" defer>', tag)] == []


@loaded
def test_words_from_the_data_cannot_become_markup(client: Client, tmp_path: Path) -> None:
    wild = {**directory.NOTICES[0], "text_sv": "<b onclick=x>&</b>", "text_en": ""}
    second = tmp_path / "second"
    second.mkdir()
    folder = directory.write(second, contact="javascript:alert(1)", notices=[wild])
    call_command("load", str(folder), verbosity=0)
    page = client.get(ADDRESS).content.decode()
    assert "&lt;b onclick=x&gt;&amp;&lt;/b&gt;" in page
    assert "javascript:" not in page


@pytest.mark.parametrize("path", ["/", "/en/", "/om/", ADDRESS, "/zon/h1/", "/adresser/"])
def test_without_data_every_page_says_so_in_a_sentence(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 503
    assert b"manage.py load" in answer.content


def test_without_a_database_the_page_is_in_the_right_language(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone() -> None:
        raise OperationalError("password=secret")

    client.raise_request_exception = False
    monkeypatch.setattr(answers, "town", gone)
    for path, sentence in (
        ("/om/", "Felet är vårt"),
        ("/en/om/", "The fault is ours"),
        ("/x/", "Felet är vårt"),
    ):
        answer = client.get(path)
        assert answer.status_code == 500
        assert sentence in answer.content.decode()
        assert b"secret" not in answer.content


@loaded
def test_few_streets_are_one_list_and_many_are_parted_by_letter(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "<h2" not in client.get("/adresser/holmby/").content.decode()
    monkeypatch.setattr(page, "SEEN_AT_ONCE", 2)
    assert re.findall(r"<h2[^>]*>(.)</h2>", client.get("/adresser/holmby/").content.decode()) == [
        "P",
        "S",
        "Ä",
    ]
