"""Does nobody come in who may not?"""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests import town
from wastecal.staff import desk
from wastecal.staff.roles import Role

ClientOf = Callable[..., Client]


@pytest.mark.usefixtures("holmby")
def test_a_stranger_is_asked_to_log_in(client: Client) -> None:
    answer = client.get("/personal/")
    assert (answer.status_code, answer["Location"]) == (302, "/personal/logga-in/?next=/personal/")


def test_whoever_may_read_sees_the_first_page_and_nobody_keeps_it(client_of: ClientOf) -> None:
    answer = client_of(Role.READ).get("/personal/")
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")


@pytest.mark.parametrize(
    "name", ["start", *(name.removeprefix("staff:") for name, _ in desk.SECTIONS), "people"]
)
def test_the_menu_marks_where_one_is_and_the_page_is_called_so(client_of: ClientOf, name: str) -> None:
    page = client_of(Role.ADMINISTER).get(reverse(f"staff:{name}")).content.decode()
    menu = page.split('class="sections"')[1].split("</nav>")[0]
    ((url, text),) = re.findall(r'<a href="([^"]+)" aria-current="page">([^<]+)</a>', menu)
    assert url == reverse("staff:deviations" if name == "start" else f"staff:{name}")
    (heading,) = re.findall(r"<h1[^>]*>\s*([^<]+?)\s*<", page)
    assert heading.startswith(text)


@pytest.mark.usefixtures("client_of")
def test_the_roles_cover_each_other_in_order() -> None:
    assert Role.PUBLISH.covers(Role.PROPOSE)
    assert not Role.PROPOSE.covers(Role.PUBLISH)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/personal/", "/personal/logga-in/", "/admin/"])
def test_before_there_is_data_nobody_logs_in(client: Client, path: str) -> None:
    town.empty()
    assert client.get(path).status_code == 503
