"""Is a text said in the language asked for, and the stand-in marked?"""

from wastecal.core import texts
from wastecal.core.texts import Said


def test_a_text_is_said_in_its_language() -> None:
    assert texts.of({"sv": "Snö", "en": "Snow"}).said("en") == Said("Snow", "en")


def test_a_missing_language_falls_back_to_the_first_and_says_so() -> None:
    assert texts.of({"sv": "Snö", "en": "Snow"}).said("pl") == Said("Snö", "sv")
    assert texts.of({"sv": "", "en": "Snow"}).said("sv") == Said("Snow", "en")


def test_no_text_is_said_as_nothing() -> None:
    assert texts.NOTHING.said("sv") == Said("", "sv")
    assert not texts.NOTHING
    assert not texts.of({"sv": ""})
