"""Which picture lies beside which feed?"""

from django.urls import path

from wastecal.web.codes import views

_ADDRESS = "adress/<slug_part:locality>/<slug_part:street>/<slug_part:number>"

urlpatterns = [
    path(f"{_ADDRESS}.ics.qr.svg", views.address, name="address_qr"),
    path(f"{_ADDRESS}.paminn.ics.qr.svg", views.address, name="address_reminding_qr"),
    path("zon/<zone_code:code>.ics.qr.svg", views.zone, name="zone_qr"),
    path("flera.ics.qr.svg", views.several, name="several_qr"),
]
