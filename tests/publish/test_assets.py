"""Do the style sheets that pages refer to come along, a municipality's own too, here and in production?"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import override_settings

from tests import town
from tests.publish.editions import edition
from wastecal.publish import assets, pages

THEME = b"body { border-top: 4px solid #123456 }\n"
HASHED = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}


@pytest.fixture
def _theme(tmp_path: Path) -> Iterator[None]:
    folder = tmp_path / "theme"
    folder.mkdir()
    (folder / "theme.css").write_bytes(THEME)
    with override_settings(THEME=folder, STATICFILES_DIRS=[("theme", folder)]):
        _forget_finders()
        yield
    _forget_finders()


def _forget_finders() -> None:
    forget: Callable[[], None] = vars(finders)["get_finder"].cache_clear
    forget()


def sheets() -> list[bytes]:
    """The style sheets of the published start page."""
    town.load(town.directory())
    start = next(page for page in pages.pages(edition()) if page.path == "index.html")
    used = re.findall(r'href="/(static/[^"]+\.css)"', start.render().decode())
    published = {asset.path: asset.body for asset in assets.static()}
    return [published[path] for path in used]


@pytest.mark.django_db
@pytest.mark.usefixtures("_theme")
def test_a_municipalitys_own_colours_are_published() -> None:
    program, own = sheets()
    assert len(program) > 10_000
    assert own == THEME


@pytest.mark.django_db
@pytest.mark.usefixtures("_theme")
def test_in_production_they_are_too_under_their_hashed_names(tmp_path: Path) -> None:
    with override_settings(STATIC_ROOT=tmp_path / "static", STORAGES=HASHED):
        call_command("collectstatic", "--noinput", verbosity=0)
        program, own = sheets()
        assert len(program) > 10_000
        assert own == THEME
        assert not [asset.path for asset in assets.static() if asset.path.endswith((".gz", ".br"))]


@pytest.mark.usefixtures("_theme")
def test_colours_that_were_not_collected_are_missed(tmp_path: Path) -> None:
    (tmp_path / "static/wastecal").mkdir(parents=True)
    with (
        override_settings(STATIC_ROOT=tmp_path / "static"),
        pytest.raises(assets.NotCollected, match="collectstatic"),
    ):
        list(assets.static())


def test_without_a_theme_there_is_none() -> None:
    assert not [asset.path for asset in assets.static() if "theme/" in asset.path]
