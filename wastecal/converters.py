"""Which texts in a URL can name a place at all? All others are a 404 before anyone is asked."""

from django.urls import register_converter


class SlugPart:
    """One part of an address's slug: a-z, 0-9 and single dashes, or a dash alone."""

    regex = "[a-z0-9]{1,120}(?:-[a-z0-9]{1,120}){0,30}|-"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class ZoneCode:
    """The code of a zone, in lower case in a URL."""

    regex = r"[^/\s\x00]{1,60}"

    def to_python(self, value: str) -> str:
        return value.lower()

    def to_url(self, value: str) -> str:
        return value.lower()


class Year:
    """Four figures; which years there are is for the page to say."""

    regex = "[1-9][0-9]{3}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class Rest:
    """Whatever is left of a path, however odd: for whoever must say himself that it is not there."""

    regex = r"[\s\S]*"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


def register() -> None:
    register_converter(SlugPart, "slug_part")
    register_converter(ZoneCode, "zone_code")
    register_converter(Year, "year")
    register_converter(Rest, "rest")
