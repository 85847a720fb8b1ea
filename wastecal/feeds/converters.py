"""Which part of a feed's URL names a place?"""


class Slug:
    """The permanent name of an address, `locality/street/number`."""

    regex = "[a-z0-9-]+/[a-z0-9-]+/[a-z0-9-]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class ZoneCode:
    """The code of a zone."""

    regex = "[A-Za-z0-9ÅÄÖåäö_-][A-Za-z0-9ÅÄÖåäö._-]{0,39}?"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
