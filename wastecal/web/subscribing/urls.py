"""Which page for subscribing answers which URL?"""

from django.urls import path

from wastecal.web.subscribing import views

_ADDRESS = "adress/<slug_part:locality>/<slug_part:street>/<slug_part:number>"

urlpatterns = [
    path(f"{_ADDRESS}/prenumerera/", views.subscribe, name="subscribe"),
    path("zon/<zone_code:code>/prenumerera/", views.zone_subscribe, name="zone_subscribe"),
    path("flera/prenumerera/", views.several_subscribe, name="several_subscribe"),
]
