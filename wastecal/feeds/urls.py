"""Which calendar or data file answers which URL?"""

from django.urls import path

from wastecal.feeds import views

_ADDRESS = "adress/<slug_part:locality>/<slug_part:street>/<slug_part:number>"
_ZONE = "zon/<zone_code:code>"

urlpatterns = [
    path(f"{_ADDRESS}.paminn.ics", views.address_reminding, name="address_reminding"),
    path(f"{_ADDRESS}.ics", views.address_feed, name="address_feed"),
    path(f"{_ADDRESS}.json", views.address_json, name="address_json"),
    path(f"{_ZONE}.ics", views.zone_feed, name="zone_feed"),
    path(f"{_ZONE}.json", views.zone_json, name="zone_json"),
    path("flera.ics", views.several_feed, name="several_feed"),
]
