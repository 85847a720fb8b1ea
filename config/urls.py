"""Which room answers which URL?

The town's first language has no prefix, others have theirs: /adress/…, /en/adress/…, feeds and JSON
included. The API has none: `?lang=` says which language its texts are in.
"""

from django.urls import include, path

from wastecal import admin, converters
from wastecal.web.describing.views import api_docs
from wastecal.web.language import prefixed

converters.register()

urlpatterns = [
    path("", include("wastecal.health")),
    path("", include("wastecal.web.robots.urls")),
    path("", include("wastecal.web.searching.urls")),
    path("", include("wastecal.web.opendata.urls")),
    path("FutureWeb/SimpleWastePickup/", include("wastecal.api.portal.urls")),
    *prefixed(
        path("api/v1/docs/", api_docs, name="api_docs"),
        path("", include("wastecal.feeds.urls")),
        path("", include("wastecal.web.urls")),
        path("personal/", include("wastecal.staff.entrance.urls")),
        path("personal/", include("wastecal.staff.urls")),
    ),
    path("api/v1/", include("wastecal.staff.programs.urls")),
    path("api/v1/", include("wastecal.api.urls")),
    path("admin/", admin.site.urls),
]

handler404 = "wastecal.web.views.not_found"
handler500 = "wastecal.web.views.server_error"
handler429 = "wastecal.staff.entrance.views.too_many"  # django-allauth's, when it is asked too often
