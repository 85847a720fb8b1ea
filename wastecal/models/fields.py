"""How does the database keep the core's values? As the text that a data directory would hold."""

from typing import TYPE_CHECKING, Any

from django.db import models

from wastecal.core.codecs import CODECS

if TYPE_CHECKING:
    Base = models.TextField[Any, Any]
else:
    Base = models.TextField  # Django's fields take no type arguments when they run


class CodecField(Base):
    """A value of the core, written and read by one of its codecs."""

    def __init__(self, codec: str, **options: Any) -> None:
        self.codec = codec
        super().__init__(**{"blank": True, **options})

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, "codec": self.codec}

    def from_db_value(self, value: str | None, *_: object) -> Any:
        return None if value is None else CODECS[self.codec].read(value)

    def to_python(self, value: Any) -> Any:
        return CODECS[self.codec].read(value) if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> str:
        return CODECS[self.codec].write(value)
