"""Which room answers which URL?

The town's first language has no prefix, others have theirs: /adress/…, /en/adress/…, feeds and JSON
included.
"""

from django.urls import include, path

from wastecal import converters
from wastecal.web.language import prefixed

converters.register()

urlpatterns = [
    path("", include("wastecal.health")),
    path("", include("wastecal.web.robots.urls")),
    path("", include("wastecal.web.searching.urls")),
    *prefixed(
        path("", include("wastecal.feeds.urls")),
        path("", include("wastecal.web.urls")),
    ),
]

handler404 = "wastecal.web.views.not_found"
handler500 = "wastecal.web.views.server_error"
