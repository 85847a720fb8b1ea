"""Is a QR code that was added up the one that the library makes?"""

from hypothesis import given
from hypothesis import strategies as st

from wastecal.publish.codes import Codes
from wastecal.web.years import qr

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789-/.:åÅ%"
codes = Codes()


@given(st.text(LETTERS, min_size=1, max_size=90))
def test_every_code_is_bit_for_bit_the_librarys(text: str) -> None:
    assert codes.modules(text) == qr.modules(text)


@given(st.integers(1, 9999), st.sampled_from(["", "a", "b"]))
def test_codes_of_neighbours_are(number: int, letter: str) -> None:
    text = f"webcal://sophamtning.holmby.example/adress/holmby/storgatan/{number}{letter}.ics"
    assert codes.modules(text) == qr.modules(text)


def test_a_code_of_capitals_alone_is_of_another_kind_and_still_right() -> None:
    assert codes.modules("HTTPS://HOLMBY.EXAMPLE") == qr.modules("HTTPS://HOLMBY.EXAMPLE")
    assert codes.modules("20261123") == qr.modules("20261123")
