"""Two more languages, as translators would begin them."""

import shutil
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES = [("sv", "svenska"), ("en", "English"), ("ar", "العربيّة"), ("pl", "polski")]
_LOCALE = Path(__file__).parent.parent / "locale"


def compiled(folder: Path) -> Path:
    """The catalogues of tests/locale, compiled in `folder`: one more of LOCALE_PATHS."""
    target = Path(shutil.copytree(_LOCALE, folder / "locale"))
    for file in target.rglob("*.po"):
        with file.open("rb") as source, file.with_suffix(".mo").open("wb") as out:
            write_mo(out, read_po(source, locale=file.parent.parent.name))
    return target
