"""Which calendar or data file answers which URL?"""

from django.urls import path, register_converter

from wastecal.feeds import views
from wastecal.feeds.converters import Slug, ZoneCode

register_converter(Slug, "address_slug")
register_converter(ZoneCode, "feed_zone")

urlpatterns = [
    path("adress/<address_slug:slug>.paminn.ics", views.address_reminding, name="address_reminding"),
    path("adress/<address_slug:slug>.ics", views.address_feed, name="address_feed"),
    path("adress/<address_slug:slug>.json", views.address_json, name="address_json"),
    path("zon/<feed_zone:code>.ics", views.zone_feed, name="zone_feed"),
    path("zon/<feed_zone:code>.json", views.zone_json, name="zone_json"),
]
