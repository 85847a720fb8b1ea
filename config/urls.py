"""Which room answers which URL?

Swedish has no prefix, other languages have theirs: /adress/…, /en/adress/…, feeds and JSON included.
"""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = [
    path("", include("wastecal.health")),
    *i18n_patterns(
        path("", include("wastecal.feeds.urls")),
        path("", include("wastecal.web.urls")),
        prefix_default_language=False,
    ),
]

handler404 = "wastecal.web.views.not_found"
handler500 = "wastecal.web.views.server_error"
