"""Does IT see every table at /admin/, and write none that `edits` must write?"""

from collections.abc import Callable

import pytest
from django.apps import apps
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from wastecal import admin
from wastecal.models import TABLES, Edit, Note, Snapshot, Zone
from wastecal.staff.models import Person
from wastecal.staff.roles import Role

ClientOf = Callable[..., Client]


def test_every_numbered_table_is_only_read(client_of: ClientOf) -> None:
    client = client_of(Role.ADMINISTER)
    numbered: tuple[type[Model], ...] = (*TABLES.values(), Edit, Snapshot)
    for model in numbered:
        name = model._meta.model_name
        assert client.get(reverse(f"admin:wastecal_{name}_changelist")).status_code == 200
        assert client.get(reverse(f"admin:wastecal_{name}_add")).status_code == 403
        row = model._default_manager.first()
        if row is not None:
            assert client.post(reverse(f"admin:wastecal_{name}_change", args=[row.pk])).status_code == 403
            assert client.post(reverse(f"admin:wastecal_{name}_delete", args=[row.pk])).status_code == 403


def test_no_bulk_action_deletes_a_numbered_row(client_of: ClientOf) -> None:
    said = {
        "action": "delete_selected",
        "_selected_action": [row.pk for row in Zone.objects.all()],
        "post": "yes",
    }
    client_of(Role.ADMINISTER).post(reverse("admin:wastecal_zone_changelist"), said)
    assert Zone.objects.exists()


def test_what_is_private_and_has_no_number_is_written_there(client_of: ClientOf) -> None:
    said = {"scope": "zone:H1", "text": "Ring först", "made_at_0": "2026-11-24", "made_at_1": "12:00"}
    answer = client_of(Role.ADMINISTER).post(reverse("admin:wastecal_note_add"), said)
    assert answer.status_code == 302
    assert Note.objects.get().text == "Ring först"


def test_every_table_of_ours_is_there() -> None:
    assert set(apps.get_app_config("wastecal").get_models()) <= set(admin.site._registry)


def test_no_secret_of_a_second_factor_is_there(client_of: ClientOf) -> None:
    assert not [model for model in admin.site._registry if model._meta.app_label in ("mfa", "socialaccount")]
    client = client_of(Role.ADMINISTER)
    person = Person.objects.get()
    said = client.get(reverse("admin:staff_person_change", args=[person.pk])).content.decode()
    assert person.username in said
    assert person.password not in said


def test_the_admin_s_own_log_in_is_ours(client: Client, client_of: ClientOf) -> None:
    answer = client.get("/admin/login/?next=/admin/wastecal/zone/")
    assert answer["Location"] == "/personal/logga-in/?next=/admin/wastecal/zone/"
    posted = client.post("/admin/login/", {"username": "x", "password": "x"})
    assert posted["Location"].startswith("/personal/logga-in/")
    inside = client_of(Role.ADMINISTER)
    assert inside.get("/admin/password_change/")["Location"] == "/personal/losenord/"
    assert inside.get("/admin/logout/")["Location"] == "/personal/logga-ut/"


@pytest.mark.parametrize("role", [Role.READ, Role.PROPOSE, Role.PUBLISH])
def test_others_are_told_that_it_is_not_for_them(client_of: ClientOf, role: Role) -> None:
    answer = client_of(role).get("/admin/")
    assert answer.status_code == 403
    assert "Du får inte göra det här" in answer.content.decode()
