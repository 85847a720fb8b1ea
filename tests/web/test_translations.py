"""Is everything that the program says also said in Swedish?"""

import ast
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from django.utils.translation import templatize

import wastecal

PACKAGE = Path(wastecal.__file__).parent
CATALOGUE = PACKAGE / "locale" / "sv" / "LC_MESSAGES" / "django.po"
# Where the msgid stands among the arguments: context first, then singular and plural.
_CALLS = {"gettext": "m", "gettext_lazy": "m", "gettext_noop": "m", "_": "m", "ngettext": "mp"}
_CALLS |= {"pgettext": "cm", "pgettext_lazy": "cm", "npgettext": "cmp", "ngettext_lazy": "mp"}

Key = tuple[str | None, str]


def said_in(source: str) -> Iterator[Key]:
    """Context and msgid of every text that a module, or a template turned into one, has translated."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        parts = dict(zip(_CALLS.get(name, ""), node.args, strict=False))
        message, context = parts.get("m"), parts.get("c")
        if isinstance(message, ast.Constant):
            yield (str(context.value) if isinstance(context, ast.Constant) else None), str(message.value)


def used() -> set[Key]:
    modules = (file.read_text("utf-8") for file in PACKAGE.rglob("*.py"))
    templates = (file.read_text("utf-8") for file in PACKAGE.rglob("*.html"))
    found = {key for source in modules for key in said_in(source)}
    return found | {key for source in templates for call in calls_in(source) for key in said_in(call)}


def calls_in(template: str) -> list[str]:
    """The calls that stand for a template's texts; everything else in it becomes X by Django's own means."""
    return re.findall(
        r"""(?:n?p?gettext|(?<!\w)_)\((?:u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|\"\"\".*?\"\"\"),?\s*(?:\w+)?)+\)""",
        templatize(template),
        re.DOTALL,
    )


def catalogue() -> dict[Key, Message]:
    with CATALOGUE.open("rb") as file:
        messages = read_po(file, locale="sv")
    return {(m.context, m.id if isinstance(m.id, str) else m.id[0]): m for m in messages if m.id}


def test_everything_said_is_in_the_swedish_catalogue() -> None:
    assert used() - catalogue().keys() == set()


def test_the_check_sees_modules_templates_plurals_and_contexts() -> None:
    keys = used()
    assert {(None, "Next collection:"), (None, "Confirmed"), (None, "%(number)s street")} <= keys
    assert ("date format in Django's letters", "l j F") in keys
    assert len(keys) > 150


def forms(text: str | Sequence[str] | None) -> tuple[str, ...]:
    """The singular alone, or all the plurals."""
    return (text,) if isinstance(text, str) else tuple(text or ())


def test_nothing_in_the_catalogue_is_empty_or_doubtful() -> None:
    rows = catalogue().values()
    assert [row.id for row in rows if not row.string or not all(forms(row.string))] == []
    assert [row.id for row in rows if row.fuzzy] == []


def test_nothing_in_the_catalogue_is_said_no_longer() -> None:
    assert catalogue().keys() - used() == set()


def test_translations_keep_every_placeholder() -> None:
    def names(text: str) -> set[str]:
        return set(re.findall(r"%\((\w+)\)[sd]", text))

    wrong = []
    for row in catalogue().values():
        wrong += [text for text in forms(row.string) if not names(text) <= names(forms(row.id)[-1])]
    assert wrong == []
