"""Is each address of a URL answered for once, and every other one named?"""

from tests import town
from wastecal.core import several
from wastecal.core.answer import Answer

KNOWN = {slug: town.answer(slug) for slug in town.SLUGS[:2]}
ONE, OTHER = KNOWN


def gathered(*asked: str) -> several.Gathered:
    return several.gather(asked, KNOWN.get)


def test_the_answers_stand_in_the_order_asked_for() -> None:
    assert gathered(OTHER, ONE).slugs == (OTHER, ONE)
    assert gathered(ONE, OTHER).answers == (KNOWN[ONE], KNOWN[OTHER])


def test_an_address_asked_for_twice_is_answered_once() -> None:
    found = gathered(ONE, "x/y/1", ONE, "x/y/1", OTHER)
    assert (found.slugs, found.repeated, found.unknown) == ((ONE, OTHER), (ONE, "x/y/1"), ("x/y/1",))


def test_an_older_name_of_the_same_address_is_a_repetition() -> None:
    found = several.gather([ONE, "holmby/gamla-gatan/1"], lambda _slug: KNOWN[ONE])
    assert (found.slugs, found.repeated) == ((ONE,), ("holmby/gamla-gatan/1",))


def test_what_is_no_slug_is_not_asked_for() -> None:
    def find(slug: str) -> Answer | None:
        raise AssertionError(slug)

    strange = ["storgatan 1", "a/b", "a/b/c/d", "a/b/\x00", "A/b/1", "a" * 5000, "a/b/1\n", "'; drop"]
    assert several.gather(["", *strange], find).unknown == tuple(strange)


def test_those_past_the_fiftieth_are_named_and_not_asked_for() -> None:
    slugs = [f"holmby/storgatan/{number}" for number in range(53)]
    asked: list[str] = []

    def find(slug: str) -> None:
        asked.append(slug)

    assert several.gather(slugs, find).over == tuple(slugs[50:])
    assert asked == slugs[:50]


def test_the_query_asks_for_the_same_again() -> None:
    assert several.query([ONE, OTHER]) == f"a={ONE}&a={OTHER}"
    assert several.query(["a&b=c"]) == "a=a%26b%3Dc"
