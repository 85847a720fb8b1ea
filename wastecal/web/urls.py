"""Which page answers which URL?"""

from django.urls import include, path

from wastecal.web import views
from wastecal.web.opendata.views import open_data
from wastecal.web.robots.views import manifest

urlpatterns = [
    path("", views.start, name="start"),
    path("adresser/", views.localities, name="localities"),
    path("adresser/<slug_part:locality>/", views.locality, name="locality"),
    path("adresser/<slug_part:locality>/<slug_part:street>/", views.street, name="street"),
    path("adress/<slug_part:locality>/<slug_part:street>/<slug_part:number>/", views.address, name="address"),
    path("zon/<zone_code:code>/", views.zone, name="zone"),
    path("oppna-data/", open_data, name="open_data"),
    path("manifest.webmanifest", manifest, name="manifest"),
    path("", include("wastecal.web.reporting.urls")),
    path("", include("wastecal.web.sightings.urls")),
    path("", include("wastecal.web.trust.urls")),
    path("", include("wastecal.web.subscribing.urls")),
    path("", include("wastecal.web.several.urls")),
    path("", include("wastecal.web.patterns.urls")),
    path("", include("wastecal.web.cards.urls")),
    path("", include("wastecal.web.codes.urls")),
    path("", include("wastecal.web.years.urls")),
]
