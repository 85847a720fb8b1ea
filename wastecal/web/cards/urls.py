"""Which card answers which URL?"""

from django.urls import path

from wastecal.web.cards import views

_ADDRESS = "adress/<slug_part:locality>/<slug_part:street>/<slug_part:number>"

urlpatterns = [
    path(f"{_ADDRESS}/kort/", views.card, name="card"),
    path("zon/<zone_code:code>/kort/", views.zone_card, name="zone_card"),
]
