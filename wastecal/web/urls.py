"""Which page answers which URL?"""

from django.urls import include, path

from wastecal.web import views

urlpatterns = [
    path("", views.start, name="start"),
    path("adresser/", views.localities, name="localities"),
    path("adresser/<slug_part:locality>/", views.locality, name="locality"),
    path("adresser/<slug_part:locality>/<slug_part:street>/", views.street, name="street"),
    path("adress/<slug_part:locality>/<slug_part:street>/<slug_part:number>/", views.address, name="address"),
    path("zon/<zone_code:code>/", views.zone, name="zone"),
    path("om/", views.about, name="about"),
    path("", include("wastecal.web.years.urls")),
]
