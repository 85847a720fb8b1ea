"""Does whoever answers the phone see all of an address on one screen, and write down what is said?"""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from tests import town
from tests.staff.asking import Page, page_of
from wastecal import edits
from wastecal.core.evidence import Kind, Source
from wastecal.edits import Write
from wastecal.models import Edit, Evidence, Note, Report, Suspension
from wastecal.staff.roles import Role

BOX = "/personal/samtal/"
CALL = f"{BOX}{town.H1}/"
ClientOf = Callable[..., Client]


@pytest.fixture
def clerk(client_of: ClientOf) -> Client:
    client = client_of(Role.PROPOSE)
    past = town.rule("zone:H1", "10-01")  # the same Thursdays, from earlier on
    edits.record(lambda: Write({"rules": [past]}, {}), "Schema", town.NOON)
    return client


def screen(client: Client, slug: str = town.H1, query: str = "") -> Page:
    return page_of(client.get(f"{BOX}{slug}/{query}"))


def part(page: Page, heading: str) -> str:
    """What stands below a heading, up to the next."""
    found = re.search(
        rf"<(h2|caption)[^>]*>\s*{heading}\s*</\1>(.*?)(?=<h2|<caption|</section)", page.html, re.S
    )
    assert found, heading
    return Page(200, found[2]).text


def kept() -> list[tuple[date, str, str, str, str, str]]:
    rows = Evidence.objects.order_by("date", "container")
    return list(rows.values_list("date", "street", "number", "container", "kind", "source"))


def pressed(client: Client, **said: str) -> Page:
    asked = {"what": "not_collected", "day": "2026-11-12", "container": "karl-1", **said}
    return page_of(client.post(f"{CALL}logga/", asked, follow=True))


def test_enter_leads_straight_to_the_one_address_that_is_meant(clerk: Client) -> None:
    answer = clerk.get(BOX, {"q": "storg 1"})
    assert (answer.status_code, answer["Location"]) == (302, CALL)


@pytest.mark.parametrize("path", [BOX, f"{BOX}?q=storgatan", CALL])
def test_the_box_has_the_focus_wherever_one_is(clerk: Client, path: str) -> None:
    [box] = re.findall(r"<input[^>]*\bautofocus\b[^>]*>", page_of(clerk.get(path)).html)
    assert 'name="q"' in box


def test_of_several_one_is_chosen_by_its_number_in_the_same_box(clerk: Client) -> None:
    listed = page_of(clerk.get(BOX, {"q": "Storgatan"}))
    assert listed.hidden["bland"] == ["Storgatan"]
    urls = re.findall(r'<li><a href="(/personal/samtal/[^"]+)" accesskey="(\d)"', listed.html)
    assert [number for _, number in urls] == ["1", "2", "3"]
    for url, number in urls:
        assert clerk.get(BOX, {"q": number, "bland": "Storgatan"})["Location"] == url
    wrong = page_of(clerk.get(BOX, {"q": "4", "bland": "Storgatan"}))
    assert "Det finns inget nummer 4 i listan." in wrong.text
    assert wrong.hidden["bland"] == ["Storgatan"]


def test_a_number_that_is_not_there_shows_the_nearest_and_can_be_put_on_the_list(clerk: Client) -> None:
    page = page_of(clerk.get(BOX, {"q": "Storgatan 77"}))
    assert "”Storgatan 77” finns inte. De närmaste numren på Storgatan, Holmby:" in page.text
    after = page_of(clerk.post(f"{BOX}saknas/", {"typed": "Storgatan 77"}, follow=True))
    assert "Bland anmälningarna: Adressen saknas" in after.text
    [row] = Report.objects.all()
    assert (row.kind, row.address, row.typed) == ("missing_address", "", "Storgatan 77")


def test_another_spelling_is_offered(clerk: Client) -> None:
    page = page_of(clerk.get(BOX, {"q": "Stårgattan"}))
    assert page.status == 200
    assert "Storgatan" in page.text


def test_the_sentence_can_be_read_aloud_as_it_stands(clerk: Client) -> None:
    text = part(screen(clerk), "Läs upp")
    assert text.startswith("Nästa tömning på Storgatan 1 är torsdag 26 november: Kärl 1 och Kärl 2. Ställ ut")


ALOUD = [
    ("holmby/strandvagen/9", "Torsdag 26 november: Kärl 1 och Kärl 2: försenad – låt kärlet stå kvar."),
    ("holmby/storgatan/12b", "Torsdag 26 november: Kärl 2: inställd."),
    ("holmby/angavagen/4", "Ängavägen 4 är i morgon, tisdag 24 november: Kärl 1. Kärl 1: osäker"),
    ("holmby/angavagen/4", "Kärl 2 töms var fjärde vecka; dagen är osäker: tisdag 1 december (51 %)"),
    ("holmby/angavagen/6", "Kärl 1 töms varannan vecka; dagen är ännu okänd."),
    ("holmby/parkgatan/1", "Vi har inga kärl på den här adressen: fråga föreningen eller hyresvärden."),
]  # fmt: skip


@pytest.mark.parametrize(("slug", "said"), ALOUD)
def test_what_is_late_uncertain_or_unknown_is_said_to_be_so(clerk: Client, slug: str, said: str) -> None:
    assert said in part(screen(clerk, slug), "Läs upp")


def test_the_last_and_the_next_days_stand_with_old_day_why_and_how_certain(clerk: Client) -> None:
    page = screen(clerk)
    coming, over = part(page, "Härnäst").partition("Om du har")[0], part(page, "Senast")
    days = re.findall(r"\w+dag \d+ \w+", re.sub(r"ordinarie \w+ \d+ \w+", "", coming))
    assert list(dict.fromkeys(days)) == [
        "torsdag 26 november",
        "onsdag 23 december",
        "torsdag 7 januari",
        "torsdag 21 januari",
    ]
    assert "11 eller 12 december Kärl 1 ordinarie torsdag 10 december Bekräftad" in coming
    assert "ordinarie torsdag 24 december: Julafton" in coming
    last = re.findall(r"\w+dag \d+ \w+", re.sub(r": Kärl \d, \w+dag \d+ \w+", "", over))
    assert last == ["torsdag 12 november", "torsdag 29 oktober", "torsdag 15 oktober"]


def test_notices_kind_zone_and_neighbours_stand_beside_the_days(clerk: Client) -> None:
    page = screen(clerk)
    for said in ("Snö väntas.", "Villa", "Holmby norra (H1)", "235 00 Holmby"):
        assert said in page.text
    near = part(page, "Grannar")
    assert "Storgatan 2 torsdag 26 november: Kärl 1" in near
    assert "Storgatan 12B" in near
    assert "Storgatan 1 " not in near


def test_what_is_private_stands_here_and_on_no_public_page(clerk: Client) -> None:
    Suspension.objects.create(address=town.H1, starts=date(2026, 11, 1), cause="Spanien", made_at=town.NOON)
    Note.objects.create(scope=f"address:{town.H1}", text="Brant backe", made_at=town.NOON)
    Report.objects.create(kind="other", address=town.H1, text="Hund\nbiter", made_at=town.NOON)
    page = screen(clerk)
    assert "Här är uppehåll i hämtningen." in page.text
    assert "Uppehåll från söndag 1 november 2026 tills vidare : Spanien" in page.text
    assert "Brant backe" in page.text
    assert "Hund<br>biter" in page.html
    public = clerk.get(f"/adress/{town.H1}/").content.decode()
    assert not any(word in public for word in ("Spanien", "Brant", "biter", "uppehåll"))


def test_the_day_on_which_it_is_collected_again_is_said(clerk: Client) -> None:
    dates = {"starts": date(2026, 12, 1), "stops": date(2027, 3, 1)}
    Suspension.objects.create(address=town.H1, made_at=town.NOON, **dates)
    page = screen(clerk)
    assert "Uppehåll från tisdag 1 december 2026, hämtas igen från måndag 1 mars 2027" in page.text
    assert "Här är uppehåll" not in page.text  # not yet


def test_a_suspension_that_is_over_or_of_another_house_is_not_shown(clerk: Client) -> None:
    over = {"starts": date(2026, 1, 1), "stops": date(2026, 11, 23), "made_at": town.NOON}
    Suspension.objects.create(address=town.H1, **over)
    Suspension.objects.create(address="holmby/storgatan/2", starts=date(2026, 1, 1), made_at=town.NOON)
    assert "ppehåll" not in screen(clerk).text


def test_what_the_address_was_told_on_a_day_is_what_stood_then(clerk: Client) -> None:
    day = date(2026, 11, 26)
    later = town.NOON.replace(day=24)
    moved = town.override("move", "11-26", "11-27", "zone:H1")
    edits.record(lambda: Write({"overrides": [moved]}, {}), "Flyttat", later)
    now = screen(clerk, query="?dag=2026-11-23")
    assert "Nästa tömning på Storgatan 1 är fredag 27 november" in part(now, "Läs upp")
    told = part(now, "Vad sa vi då\\?")
    assert "Så här sa vi måndag 23 november 2026:" in told
    assert f"är torsdag {day.day} november: Kärl 1 och Kärl 2." in told
    history = "/personal/historik/svar/?adress=holmby%2Fstorgatan%2F1&amp;dag=2026-11-23"
    assert history in now.html
    assert clerk.get(history.replace("&amp;", "&")).status_code == 200


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-11-30", "Den dagen har inte varit än."),
        ("igår", "Skriv dagen så här: 2026-12-24."),
        ("2025-01-01", "Ingenting: då kände vi inte till adressen."),
    ],
)
def test_a_day_that_cannot_be_told_of_is_said_to_be_so(clerk: Client, day: str, said: str) -> None:
    page = screen(clerk, query=f"?dag={day}")
    assert (page.status, said in page.text) == (200, True)
    assert f'value="{day}"' in page.html


def test_not_emptied_is_one_press_and_evidence_of_the_caller_s_address(clerk: Client) -> None:
    page = screen(clerk)
    assert '<input type="hidden" name="day" value="2026-11-12">' in page.html
    assert 'name="what" value="not_collected"' in page.html
    receipt = pressed(clerk)
    assert kept() == [(date(2026, 11, 12), "Storgatan", "1", "karl-1", Kind.NOT_COLLECTED, Source.RESIDENT)]
    assert "torsdag 12 november: Kärl 1 ej tömt (enligt boende)" in receipt.text
    assert Edit.objects.count() == 2
    assert "propose" not in str(list(Evidence.objects.values()))


def test_emptied_and_seen_by_the_clerk_herself_is_the_staff_s_word(clerk: Client) -> None:
    pressed(clerk, what="collected", seen="on")
    assert [row[4:] for row in kept()] == [(Kind.COLLECTED, Source.STAFF)]


def test_what_was_written_down_is_taken_back_and_what_others_said_stays(clerk: Client) -> None:
    pressed(clerk)
    receipt = pressed(clerk)
    assert len(kept()) == 2
    asked = {name: receipt.hidden[name][0] for name in ("adress", "belagg")}
    after = page_of(clerk.post(f"{BOX}ta-tillbaka/", asked, follow=True))
    assert "Det är tillbakataget." in after.text
    assert len(kept()) == 1


def test_only_what_was_written_down_in_a_call_can_be_taken_back(clerk: Client) -> None:
    Evidence.objects.create(
        date=town.TODAY, locality="Holmby", street="Storgatan", kind="collected", source="sms", sending="77"
    )
    clerk.post(f"{BOX}ta-tillbaka/", {"adress": town.H1, "belagg": "77"})
    clerk.post(f"{BOX}ta-tillbaka/", {"adress": "../../x", "belagg": ""})
    assert len(kept()) == 1


def test_a_missed_collection_is_put_on_the_list_with_one_more_press_and_taken_back_with_one(
    clerk: Client,
) -> None:
    receipt = pressed(clerk)
    assert receipt.hidden["what"] == ["missed"]
    assert "/personal/avvikelser/ny/?what=add&amp;who=some&amp;whom=Storgatan+1" in receipt.html
    after = pressed(clerk, what="missed")
    [row] = Report.objects.all()
    assert (row.kind, row.address, row.day, row.container) == (
        "not_collected", town.H1, date(2026, 11, 12), "karl-1",
    )  # fmt: skip
    clerk.post(f"{BOX}ta-tillbaka/", {"adress": town.H1, "anmalan": after.hidden["anmalan"][0]})
    assert Report.objects.get().done_at is not None


def test_a_wrong_day_is_a_report_with_one_press(clerk: Client) -> None:
    receipt = pressed(clerk, what="wrong_day", day="2026-11-26")
    assert "Bland anmälningarna: Dagen stämmer inte, torsdag 26 november, Kärl 1" in receipt.text
    assert (kept(), Report.objects.get().kind) == ([], "wrong_day")


def test_the_caller_s_own_words_are_for_somebody_to_read(clerk: Client) -> None:
    pressed(clerk, text="Tredje gången!")
    assert (len(kept()), Report.objects.get().text) == (1, "Tredje gången!")


FAULTS = [
    ({"what": ""}, "Välj vad den som ringer säger."),
    ({"day": ""}, "Skriv vilken dag det gäller."),
    ({"day": "2026-11-24"}, "Den dagen har inte varit än."),
    ({"day": "1999-01-01"}, "Välj en dag det senaste året eller det närmaste."),
    ({"container": "karl-9"}, "Välj bland de kärl som finns."),
    ({"text": "=cmd()"}, "Börja med en bokstav"),
    ({"what": "other", "text": ""}, "Skriv vad det gäller."),
]


@pytest.mark.parametrize(("wrong", "said"), FAULTS)
def test_a_fault_is_said_beside_its_field_and_nothing_is_lost(
    clerk: Client, wrong: dict[str, str], said: str
) -> None:
    page = pressed(clerk, **{"text": "Så sa hon", **wrong})
    assert page.status == 400
    assert page.text.count(said) == 2
    assert (kept(), Report.objects.count()) == ([], 0)
    assert wrong.get("text", "Så sa hon") in page.text
    assert '<details class="govuk-details write" open>' in page.html
    assert re.findall(r"<(\w+)[^>]* autofocus>", page.html) == ["a"]  # what is wrong, not the next caller


SPOKEN = "12 november\n26/10 Kärl 2\nhej hej 070-123 45 67\n2026-10-15"


def test_days_of_old_messages_are_read_confirmed_and_kept_as_one_sending(clerk: Client) -> None:
    asked = {"messages": SPOKEN, "unnamed": "karl-1"}
    page = page_of(clerk.post(f"{CALL}sms/", asked))
    assert "torsdag 12 november: Kärl 1" in page.text
    assert "måndag 26 oktober: Kärl 2" in page.text
    assert kept() == []
    keys = re.findall(r'name="sight" type="checkbox" value="([^"]*)" checked', page.html)
    assert keys == ["2026-11-12 karl-1", "2026-10-26 karl-2", "2026-10-15 karl-1"]
    sent = {**asked, "step": "keep", "sight": keys[:2]}
    receipt = page_of(clerk.post(f"{CALL}sms/", sent, follow=True))
    assert [(row[0], row[3], row[5]) for row in kept()] == [
        (date(2026, 10, 26), "karl-2", Source.RESIDENT),
        (date(2026, 11, 12), "karl-1", Source.RESIDENT),
    ]
    assert len(set(Evidence.objects.values_list("sending", flat=True))) == 1
    assert "måndag 26 oktober: Kärl 2 tömt (enligt boende)" in receipt.text


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"messages": ""}, "Skriv minst en dag."),
        ({"messages": "ring 070-123 45 67"}, "Ingen dag hittades."),
        ({"messages": "12 november", "unnamed": "karl-9"}, "Välj bland de kärl som finns."),
        ({"messages": "12 november", "step": "keep"}, "Välj minst en dag."),
        ({"messages": "12 november", "step": "keep", "sight": "2020-01-01 karl-1"}, "Välj en dag."),
    ],
)
def test_messages_that_tell_nothing_keep_nothing(clerk: Client, asked: dict[str, str], said: str) -> None:
    page = page_of(clerk.post(f"{CALL}sms/", asked))
    assert (page.status, said in page.text, kept()) == (400, True, [])


def test_who_may_only_read_sees_it_all_and_writes_nothing(client_of: ClientOf) -> None:
    reader = client_of(Role.READ)
    page = screen(reader)
    assert page.status == 200
    assert 'value="not_collected"' not in page.html
    for path in (f"{CALL}logga/", f"{CALL}sms/", f"{BOX}saknas/", f"{BOX}ta-tillbaka/"):
        assert reader.post(path, {"what": "not_collected", "day": "2026-11-12"}).status_code == 403
    assert kept() == []


def test_an_address_that_never_was_is_not_found(clerk: Client) -> None:
    assert clerk.get(f"{BOX}holmby/storgatan/99/").status_code == 404
    assert clerk.post(f"{BOX}holmby/storgatan/99/logga/", {}).status_code == 404


HOSTILE = "<script>alert(1)</script>\r\nATTENDEE:x \u202eneves\u202c \"q\" 🧑‍🚒 {{ town }}"  # fmt: skip


def test_hostile_words_are_text(clerk: Client) -> None:
    page = pressed(clerk, text=HOSTILE)
    listed = page_of(clerk.get("/personal/anmalningar/"))
    found = page_of(clerk.get(BOX, {"q": HOSTILE}))
    for seen in (page, listed, found):
        assert "<script>alert" not in seen.html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>ATTENDEE:x" in listed.html


def test_it_prints_the_year_and_leads_to_the_resident_s_page(clerk: Client) -> None:
    html = screen(clerk).html
    for path in (f"/adress/{town.H1}/ar/2026/", f"/adress/{town.H1}/ar/2027/", f"/adress/{town.H1}/"):
        assert f'href="{path}"' in html
        assert clerk.get(path).status_code == 200
