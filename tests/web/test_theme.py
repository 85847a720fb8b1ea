"""Can a municipality have its own colours without touching ours?"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client, override_settings

from wastecal import surface

pytestmark = pytest.mark.usefixtures("town")


@pytest.fixture
def theme(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("theme")
    (folder / "theme.css").write_text(":root { --round: 0 }", "utf-8")
    with override_settings(THEME=folder):
        yield folder


@pytest.mark.usefixtures("theme")
def test_a_theme_comes_after_our_own_style_sheet(client: Client) -> None:
    page = client.get("/").content.decode()
    assert 0 < page.index("wastecal/site.css") < page.index("theme/theme.css")


def test_without_one_no_page_asks_for_it(client: Client) -> None:
    assert "theme.css" not in client.get("/").content.decode()


def test_another_theme_is_another_release(theme: Path) -> None:
    surface.release.cache_clear()
    before = surface.release()
    (theme / "theme.css").write_text(":root { --round: 1rem }", "utf-8")
    surface.release.cache_clear()
    assert surface.release() != before
    surface.release.cache_clear()
