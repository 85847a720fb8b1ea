"""Which sentences are ready to be sent when there is no time to write one?"""

from collections.abc import Sequence

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from wastecal.core import texts
from wastecal.core.texts import Text

SENTENCES = {
    "snow": _("Snow and ice delay the collection. Leave the container out until it has been emptied."),
    "storm": _("A storm delays the collection. Leave the container out, if it stands safely."),
    "breakdown": _("A truck has broken down, and the collection is late. Leave the container out."),
    "staff": _("Many of us are ill, and the collection is late. Leave the container out."),
    "roadworks": _("Because of roadworks the truck may come at another hour than usual."),
    "clear": _("Please clear snow and sand the way to your container, or we cannot empty it."),
    "holidays": _("Some collections move because of the holidays. Look up your days here."),
    "phone": _("Many are calling us now, and it takes long to get through. Your days are always here."),
}
"""By code; in each of the town's languages that the program speaks."""


def text(code: str, own: dict[str, str], languages: Sequence[str]) -> Text:
    """The ready sentence and the staff's own words after it, in each language.

    Where own words are in the first language only, another falls back to that, so that nobody is told less.
    """
    first = languages[0]
    return texts.of(
        {
            lang: " ".join(filter(None, [_ready(code, lang), own.get(lang, "")]))
            for lang in languages
            if lang == first or own.get(lang) or not own.get(first)
        }
    )


def _ready(code: str, lang: str) -> str:
    if code not in SENTENCES or lang not in dict(settings.LANGUAGES):
        return ""
    with translation.override(lang):
        return str(SENTENCES[code])
