"""What does a text say in a language? Texts in several languages, with a fallback that is marked."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """Words in one language; `lang` is the language they really are in."""

    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class Text:
    """The same text in some languages, as (language, text) pairs; the default language first."""

    pairs: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        return any(text for _, text in self.pairs)

    def get(self, lang: str) -> str:
        """The text in `lang` itself, empty where there is none."""
        return dict(self.pairs).get(lang, "")

    def said(self, lang: str) -> Said:
        """The text in `lang`, else in the first language that has one."""
        if own := self.get(lang):
            return Said(own, lang)
        return next((Said(text, other) for other, text in self.pairs if text), Said("", lang))


def of(by_language: Mapping[str, str]) -> Text:
    return Text(tuple((lang, text) for lang, text in by_language.items() if text))


NOTHING = Text()
