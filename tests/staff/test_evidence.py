"""Do the staff see what the evidence says, and can they adopt, confirm, doubt, reject and ask for more?"""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from html import unescape

import pytest
from django.core.management import call_command
from django.test import Client

from tests import loaded, town
from tests.staff import asking
from tests.staff.asking import page_of
from wastecal import answers, edits, models
from wastecal.core.evidence import Evidence, Kind, Source
from wastecal.core.recurrence import Provenance
from wastecal.management import console
from wastecal.staff.roles import Role

ClientOf = Callable[..., Client]
START, STREET, ZONE = "/personal/underlag/", "/personal/underlag/gata/holmby/", "/personal/underlag/zon/"
REJECT = "/personal/underlag/avfarda/"
TUESDAY, THURSDAY = date(2026, 9, 1), date(2026, 9, 3)
"""The days that zone H1 has are Thursdays, of the other weeks than this one."""


def keep(rows: Iterable[Evidence]) -> None:
    edits.observe(map(models.Evidence.of, rows))


def every_other(first: date, count: int, street: str = "Ängavägen", number: str = "") -> list[Evidence]:
    days = (first + timedelta(days=14 * place) for place in range(count))
    return [Evidence(day, "Holmby", street, number, "karl-1") for day in days]


# Zone H1 has had its Thursdays since January.
holmby_once = loaded.once(lambda: town.directory(rules=[town.rule("zone:H1", "01-08"), *town.RULES[1:]]))


@pytest.fixture
def publisher(client_of: ClientOf) -> Client:
    return client_of(Role.PUBLISH)


def text_at(client: Client, path: str) -> str:
    return page_of(client.get(path)).text


def link(client: Client, path: str, words: str) -> str:
    """Where the first link of a page with these words leads."""
    html = page_of(client.get(path)).html
    found = re.search(rf'<a[^>]*href="([^"]*)"[^>]*>{words}', html)
    assert found, f"{words} is no link of {path}"
    return unescape(found[1])


def published(client: Client, url: str) -> str:
    """What the receipt says of the act that a link begins."""
    checked = page_of(client.get(url))
    assert checked.status == 200, checked.text
    done = page_of(asking.step(client, checked, "publish", url.partition("?")[0]))
    assert "Publicerat" in done.text, done.text
    return done.text


def certainties(slug: str, container: str = "karl-1") -> set[tuple[Provenance, bool]]:
    answers.forget()
    answer = answers.for_address(slug, town.TODAY)
    assert answer
    return {(row.certainty, row.tentative) for row in answer.pickups if row.container == container}


def adopt(client: Client, street: str = "angavagen/") -> str:
    return published(client, link(client, f"{STREET}{street}", "Anta"))


def test_without_evidence_the_pages_say_so(publisher: Client) -> None:
    assert "Det finns inga belägg än." in text_at(publisher, START)
    assert "Det finns inga belägg, så ingenting är känt." in text_at(publisher, f"{STREET}angavagen/")
    assert "det som är känt är säkert" in text_at(publisher, f"{START}fraga/")


def test_a_street_or_a_zone_is_found_by_what_people_call_it(publisher: Client) -> None:
    for typed, path in (
        ("angavagen", f"{STREET}angavagen/"),
        ("Holmby norra", f"{ZONE}h1/"),
        ("h2", f"{ZONE}h2/"),
    ):
        assert publisher.get(START, {"q": typed}).headers["Location"] == path
    assert publisher.get(START, {"q": "Storgatan 1"}).headers["Location"] == f"{STREET}storgatan/"
    lost = page_of(publisher.get(START, {"q": "Xyzzy"}))
    assert "Det finns ingen zon, gata eller adress ”Xyzzy”" in lost.text
    assert 'value="Xyzzy"' in lost.html


def test_records_and_what_could_be_right_stand_beside_each_other(publisher: Client) -> None:
    keep([*every_other(TUESDAY, 6), Evidence(THURSDAY, "Holmby", "Ängavägen", "6", "karl-1")])
    text = text_at(publisher, f"{STREET}angavagen/")
    assert "varannan tisdag 99 % nästa tisdag 24 november" in text
    assert "6 belägg stämmer, 1 stämmer inte" in text
    assert "torsdag 3 september 2026 tömt · sms · nummer 6 · stämmer inte" in text


def test_the_strip_shows_each_record_on_the_days_of_the_likeliest_schedule(publisher: Client) -> None:
    days = (date(2025, 12, 23), date(2026, 1, 7), date(2026, 1, 21), date(2026, 2, 4), date(2026, 2, 13))
    rows = [Evidence(day, "Holmby", "Ängavägen", "6", "karl-1") for day in days]
    keep([*rows, Evidence(date(2026, 3, 4), "Holmby", "Ängavägen", "", "karl-1", Kind.NOT_COLLECTED)])
    html = page_of(publisher.get(f"{STREET}angavagen/")).html
    said = dict(re.findall(r'class="unseen">([^<]*): ([^<]*)<', html))
    assert said["onsdag 7 januari"] == "1 belägg på dagen"
    assert said["onsdag 24 december"] == "1 belägg på den dag som tömningen flyttades till för en helg"
    assert said["fredag 13 februari"] == "1 belägg på en tömning som inte stämmer"
    assert said["onsdag 4 mars"] == "1 belägg på att ingen kom"
    assert said["onsdag 18 februari"] == "en dag i schemat, inget belägg"


def test_what_is_adopted_is_a_guess_until_it_is_confirmed(publisher: Client) -> None:
    keep(every_other(TUESDAY, 6))
    receipt = adopt(publisher)
    assert "Uträknat ur belägg: Kärl 1, Ängavägen, Holmby, tisdag varannan vecka" in receipt
    assert certainties("holmby/angavagen/6") == {(Provenance.RECONSTRUCTED, False)}
    receipt = published(publisher, link(publisher, f"{STREET}angavagen/", "Bekräfta det antagna"))
    assert "Bekräftat: Kärl 1, Ängavägen, Holmby, tisdag varannan vecka" in receipt
    assert certainties("holmby/angavagen/6") == {(Provenance.CONFIRMED, False)}
    live = models.Rule.objects.filter(scope="street:holmby/angavagen", ended_edit=None)
    assert [row.probability for row in live] == [None]


def test_what_was_adopted_is_undone_like_anything_else(publisher: Client) -> None:
    keep(every_other(TUESDAY, 6))
    adopt(publisher)
    published(publisher, "/personal/historik/angra/?edit_undone=2")
    assert certainties("holmby/angavagen/6") == set()


def test_two_that_may_be_right_are_adopted_both_with_how_likely_they_are(publisher: Client) -> None:
    keep([*every_other(TUESDAY, 1), *every_other(THURSDAY, 1)])
    adopt(publisher)
    answers.forget()
    answer = answers.for_address("holmby/angavagen/6", town.TODAY)
    assert answer
    standing = next(row for row in answer.standings if row.container.code == "karl-1")
    assert {row.rule.anchor.weekday() for row in standing.candidates if row.rule.anchor} == {1, 3}


def test_all_that_is_likely_enough_is_adopted_at_once_and_nothing_else(publisher: Client) -> None:
    town.load(town.crisis(), remove=True)
    keep([*every_other(TUESDAY, 6), *every_other(THURSDAY, 1, "Storgatan")])
    page = page_of(publisher.get(START))
    assert "Ängavägen, Holmby Kärl 1: varannan tisdag, 99 %" in page.text
    mark = re.search(r'name="mark" value="(\d+)"', page.html)
    assert mark
    receipt = published(publisher, f"{START}anta/?by=zone&mark={mark[1]}&least=95")
    assert "minst 95 % troligt: 1 scheman" in receipt
    rules = models.Rule.objects.filter(ended_edit=None, provenance=Provenance.RECONSTRUCTED)
    assert [row.scope for row in rules] == ["street:holmby/angavagen"]
    assert "Antaget, inte bekräftat" in text_at(publisher, START)


def test_evidence_that_comes_in_between_does_not_change_what_was_checked(publisher: Client) -> None:
    keep(every_other(TUESDAY, 6))
    url = link(publisher, f"{STREET}angavagen/", "Anta")
    checked = page_of(publisher.get(url))
    keep(every_other(THURSDAY, 6))
    done = page_of(asking.step(publisher, checked, "publish", url.partition("?")[0]))
    assert "Publicerat" in done.text


def test_a_confirmed_schedule_goes_before_a_guess(publisher: Client) -> None:
    keep(every_other(TUESDAY, 6, "Parkgatan"))
    mark = models.Evidence.objects.order_by("-pk").values_list("pk", flat=True)[0]
    asked = f"{START}anta/?by=street&mark={mark}&item=street:holmby/parkgatan||karl-1"
    refused = page_of(publisher.get(asked))
    assert refused.status == 400
    assert "går ett bekräftat schema före" in refused.text
    assert ">Anta<" not in page_of(publisher.get(f"{STREET}parkgatan/")).html


def test_who_may_propose_sends_it_on_and_who_may_read_sees_no_button(client_of: ClientOf) -> None:
    keep(every_other(TUESDAY, 6))
    proposer, reader = client_of(Role.PROPOSE), client_of(Role.READ)
    url = link(proposer, f"{STREET}angavagen/", "Anta")
    page_of(asking.step(proposer, page_of(proposer.get(url)), "propose", url.partition("?")[0]))
    assert models.Edit.objects.count() == 1
    page = page_of(reader.get(f"{STREET}angavagen/"))
    assert "varannan tisdag" in page.text
    assert not re.search(r">\s*(Anta|Avfärda)", page.html)
    approved = page_of(client_of(Role.PUBLISH).get("/personal/forslag/1/"))
    assert "Uträknat ur belägg: Kärl 1" in approved.text


def test_what_is_rejected_is_not_proposed_again_until_there_is_new_evidence(publisher: Client) -> None:
    keep(every_other(TUESDAY, 6))
    page = page_of(publisher.get(f"{STREET}angavagen/"))
    sent = {name: values[0] for name, values in page.hidden.items()}
    again = page_of(publisher.post(REJECT, {**sent, "why": " "}))
    assert (again.status, "Skriv varför det är fel" in again.text) == (400, True)
    after = page_of(publisher.post(REJECT, {**sent, "why": "Det var grannens bil"}, follow=True))
    assert "Avfärdat: Det var grannens bil" in after.text
    assert ">Anta<" not in after.html
    assert "Det var grannens bil" in text_at(publisher, START)
    keep(every_other(TUESDAY, 7)[6:])
    page = page_of(publisher.get(f"{STREET}angavagen/"))
    assert "Det var grannens bil" not in page.text
    assert ">Anta<" in page.html


def test_a_rejection_is_taken_back_once(publisher: Client) -> None:
    keep(every_other(TUESDAY, 6))
    sent = {name: values[0] for name, values in page_of(publisher.get(f"{STREET}angavagen/")).hidden.items()}
    publisher.post(REJECT, {**sent, "why": "Fel"})
    number = models.Rejection.objects.get().pk
    statuses = [publisher.post(f"{START}avfardat/{number}/angra/").status_code for _ in range(2)]
    assert statuses == [303, 404]
    assert ">Anta<" in page_of(publisher.get(f"{STREET}angavagen/")).html
    assert models.Edit.objects.count() == 1


def test_evidence_against_a_confirmed_schedule_is_work_and_leads_to_another_zone(publisher: Client) -> None:
    keep(every_other(TUESDAY + timedelta(days=1), 5, "Storgatan", "1"))
    text = text_at(publisher, START)
    assert "Talar emot det vi säger" in text
    assert "Det vi säger är rätt med mindre än 1 %" in text
    text = text_at(publisher, f"{STREET}storgatan/")
    assert "Stämmer inte med det vi säger" in text
    form = page_of(publisher.get(link(publisher, f"{STREET}storgatan/", "Storgatan 1, Holmby")))
    assert "Storgatan 1, Holmby</textarea>" in form.html
    assert 'value="2026-11-23"' in form.html


def test_one_stray_record_among_many_is_no_work(publisher: Client) -> None:
    right = [*every_other(THURSDAY, 6, "Parkgatan"), *every_other(THURSDAY, 6, "Storgatan", "1")]
    keep([*right, Evidence(date(2026, 11, 9), "Holmby", "Parkgatan", "", "karl-1")])
    text = text_at(publisher, START)
    assert "Talar emot det vi säger" not in text
    assert "På 1 gata stämmer ett enstaka belägg inte" in text


def test_records_from_before_a_schedule_say_nothing_against_it(publisher: Client) -> None:
    town.load(town.directory())  # there H1 begins on 26 November
    keep(every_other(TUESDAY + timedelta(days=1), 5, "Storgatan", "1"))
    assert "Talar emot det vi säger" not in text_at(publisher, START)


def test_a_confirmed_schedule_that_much_speaks_against_is_shown_as_uncertain_when_staff_say_so(
    publisher: Client,
) -> None:
    keep(
        every_other(TUESDAY + timedelta(days=1), 3, "Storgatan", "1")
        + every_other(TUESDAY + timedelta(days=1), 3, "Parkgatan")
    )
    before = [row for row in days_of(town.H1) if row < town.TODAY]
    receipt = published(publisher, link(publisher, f"{ZONE}h1/", "Visa det som osäkert"))
    assert "Inte längre säkert: Kärl 1, Holmby norra (H1), torsdag varannan vecka" in receipt
    assert [row for row in days_of(town.H1) if row < town.TODAY] == before
    assert "Antaget, inte bekräftat Holmby norra (H1)" in text_at(publisher, START)
    ahead = {certainty for certainty, _ in certainties(town.H1)}
    assert Provenance.RECONSTRUCTED in ahead


def test_what_became_uncertain_by_itself_is_work_with_the_way_back(
    publisher: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(console, "today", lambda: town.TODAY)
    other = every_other(TUESDAY + timedelta(days=1), 4, "Storgatan", "1")
    keep([replace(row, source=Source.VEHICLE) for row in other])
    call_command("reconstruct", "--doubt", verbosity=0)
    answers.forget()
    text = text_at(publisher, START)
    assert "Visas som osäkert av sig självt Flera belägg" in text
    assert "Holmby norra (H1), Kärl 1" in text
    assert "Antaget, inte bekräftat Holmby norra (H1), Kärl 1: varannan onsdag" in text
    undoing = text_at(publisher, link(publisher, START, "Se ändringen och ångra den"))
    assert "Inte längre säkert: Kärl 1, Holmby norra (H1)" in undoing


def days_of(slug: str) -> list[date]:
    answers.forget()
    answer = answers.for_address(slug, town.TODAY)
    assert answer
    return [row.nominal for row in answer.pickups if row.container == "karl-1" and row.nominal]


def test_the_streets_to_ring_first_are_those_where_a_day_settles_most(publisher: Client) -> None:
    keep(every_other(TUESDAY, 1))
    text = text_at(publisher, f"{START}fraga/")
    assert "Ängavägen, Holmby" in text
    assert "Eller fråga: kommer bilen" in text
    assert "Parkgatan" not in text  # it has a confirmed schedule
    assert "/personal/samtal/?q=%C3%84ngav%C3%A4gen" in link(publisher, f"{START}fraga/", "Skriv ner svaret")


def test_streets_that_are_emptied_together_may_become_a_zone(publisher: Client) -> None:
    town.load(town.crisis(), remove=True)
    keep(
        every_other(TUESDAY, 4) + every_other(TUESDAY, 4, "Storgatan") + every_other(TUESDAY, 4, "Parkgatan")
    )
    text = text_at(publisher, START)
    assert "Töms tillsammans, men hör inte till någon zon" in text
    assert "Kärl 1: varannan tisdag" in text
    form = page_of(publisher.get(link(publisher, START, "Gör en zon av dem")))
    streets = re.search(r"<textarea[^>]*>([^<]*)", form.html)
    assert streets
    asked = {"code": "T1", "name": "Tisdagar", "whom": unescape(streets[1])}
    receipt = asking.receipt(publisher, asked, "/personal/schema/ny-zon/")
    assert "Ny zon: Tisdagar (T1), från måndag 23 november 2026 med" in receipt.text
    answers.forget()
    published(publisher, link(publisher, f"{ZONE}t1/", "Anta"))
    assert certainties("holmby/angavagen/6") == {(Provenance.RECONSTRUCTED, False)}


@pytest.mark.parametrize(
    "asked",
    [
        "anta/",
        "anta/?by=zone&mark=1&least=3",
        "anta/?by=x&mark=1",
        "bekrafta/?rule=x",
        "tveka/?by=zone&mark=1&scope=x&container=y",
    ],
)
def test_what_was_never_shown_is_not_found(publisher: Client, asked: str) -> None:
    assert publisher.get(f"{START}{asked}").status_code == 404


def test_a_street_or_zone_that_is_not_there_is_not_found(publisher: Client) -> None:
    assert publisher.get(f"{STREET}finnsinte/").status_code == 404
    assert publisher.get(f"{ZONE}x9/").status_code == 404
    assert publisher.post(REJECT, {"item": "zone:x9||karl-1"}).status_code == 404


def test_a_street_that_was_moved_is_seen_in_its_zone_of_today(publisher: Client) -> None:
    keep(every_other(TUESDAY + timedelta(days=1), 5, "Storgatan", "1"))
    form = {"whom": "Storgatan", "zone": "H2", "start": "2026-11-23"}
    asking.publish(publisher, form, "/personal/schema/flytta/")
    answers.forget()
    assert "Holmby södra (H2)" in text_at(publisher, f"{STREET}storgatan/")
    assert "Storgatan, Holmby , Kärl 1" in text_at(publisher, f"{ZONE}h2/")
