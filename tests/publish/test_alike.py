"""Is a file that was made of a neighbour's the same as one rendered by itself?"""

from collections import Counter
from dataclasses import replace

import pytest

from tests import town
from tests.publish import odd
from wastecal import answers
from wastecal.publish import alike, site
from wastecal.publish.alike import Group
from wastecal.publish.edition import Edition, Subject
from wastecal.publish.site import Form, Lasts
from wastecal.web.years import sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(monkeypatch: pytest.MonkeyPatch) -> Edition:
    monkeypatch.setattr(sheet, "offered", lambda today: range(2026, 2027))  # one printed year is enough
    town.load(odd.directory())
    everything = answers.everything()
    assert everything is not None
    return Edition(everything, town.TODAY, "https://holmby.example")


def groups(edition: Edition, *forms: Form) -> list[Group]:
    return alike.groups(edition, edition.everything.addresses, forms or site.forms(edition))


def test_every_file_of_every_place_in_a_class_is_as_if_rendered_by_itself(edition: Edition) -> None:
    forms = site.forms(edition)
    for group in groups(edition):
        if not group.is_class:
            continue  # its members are rendered each by itself
        made = list(group.files())
        singly = [file for named in group.members for file in alike.rendered(edition, named, forms)]
        assert Counter(path for path, _ in made) == Counter(path for path, _ in singly)
        assert dict(made) == dict(singly)


def test_every_place_is_in_one_group(edition: Edition) -> None:
    slugs = [named.slug for group in groups(edition) for named in group.members]
    assert Counter(slugs) == Counter(named.slug for named in edition.everything.addresses)


def test_most_of_it_was_filled_in(edition: Edition) -> None:
    classes = [alike.of(group) for group in groups(edition) if group.is_class]
    assert sum(len(found.members) for found in classes) >= 7
    twinned = {form.document.partition("/")[0] for found in classes for _, form in found.twinned}
    assert twinned == {"qr", "reminding_qr", "year_pdf"}
    assert not [form for found in classes for form in found.singly]


def test_places_that_differ_in_more_than_their_names_are_apart(edition: Edition) -> None:
    slugs = [{named.slug for named in group.members} for group in groups(edition)]
    assert {"holmby/storgatan/1"} in slugs  # it moves to another zone
    assert {"holmby/storgatan/2"} in slugs  # it has an agreement
    assert {f"holmby/s-t-olofs-vag/{number}" for number in range(1, 5)} in slugs  # a rule of their own
    assert any({"holmby/storgatan/3", "holmby/storgatan/4"} <= group for group in slugs)


def test_an_edit_on_one_address_sets_it_apart(edition: Edition) -> None:
    slug = "holmby/storgatan/3"
    town.load(odd.with_postcode(odd.directory(), slug, "23599"))
    everything = answers.everything()
    assert everything is not None
    found = groups(replace(edition, everything=everything))
    assert {slug} in [{named.slug for named in group.members} for group in found]


@pytest.mark.parametrize("street", ["Kungs & Drottning", "O'Briens gränd", "Väg <1>", "Åsa, norra"])
def test_names_that_are_escaped_somewhere_are_never_filled_in(edition: Edition, street: str) -> None:
    rows = [named.place.address for group in groups(edition) if group.is_class for named in group.members]
    assert len(rows) >= 7
    assert street not in [row.street for row in rows if row]


def shouted(subject: Subject) -> bytes:
    assert subject.named.place.address
    return subject.named.place.address.street.upper().encode()


def test_a_form_that_writes_names_in_its_own_way_is_rendered_for_each(edition: Edition) -> None:
    loud = Form("sv", Lasts.DAY, "", shouted)
    group = next(group for group in groups(edition, loud) if group.is_class)
    assert [form for _, form in alike.of(group).twinned] == [loud]
    assert {body for _, body in group.files()} <= {b"STORGATAN", "S:T OLOFS VÄG".encode()}


def test_a_place_that_shows_another_place_than_its_own_is_seen(edition: Edition) -> None:
    """Where members differ in what is no name, the witness tells: here by where they lie."""

    def position(subject: Subject) -> bytes:
        return repr(subject.named.place.address and subject.named.place.address.lat).encode()

    rows = [replace(row, lat=55.0 + n, lon=12.0) for n, row in enumerate(odd.directory().tables["addresses"])]
    town.load(odd.directory(addresses=rows))
    everything = answers.everything()
    assert everything is not None
    form = Form("sv", Lasts.DAY, "", position)
    found = alike.groups(replace(edition, everything=everything), everything.addresses, (form,))
    classes = [alike.of(group) for group in found if group.is_class]
    assert [(each.patterns, [one for _, one in each.twinned]) for each in classes] == [((), [form])] * 2


def test_a_document_that_shows_the_twin_is_rendered_for_each(edition: Edition) -> None:
    """Where a twin's answer would not be the member's own, the witness tells."""

    def leaking(subject: Subject) -> bytes:
        return subject.twin.named.slug.upper().encode()

    form = Form("sv", Lasts.DAY, "", leaking)
    group = next(group for group in groups(edition, form) if group.is_class)
    assert alike.of(group).singly == (form,)
    assert {body.decode().lower() for _, body in group.files()} == {named.slug for named in group.members}
