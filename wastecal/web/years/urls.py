"""Which URL shows which year, and how?"""

from django.urls import path

from wastecal.web.years import views

_ADDRESS = "adress/<slug_part:locality>/<slug_part:street>/<slug_part:number>/ar/<year:year>"
_ZONE = "zon/<zone_code:code>/ar/<year:year>"

urlpatterns = [
    path(f"{_ADDRESS}/", views.year, name="year"),
    path(f"{_ADDRESS}/stor/", views.large, name="year_large"),
    path(f"{_ADDRESS}.pdf", views.pdf, name="year_pdf"),
    path(f"{_ZONE}/", views.year, name="zone_year"),
    path(f"{_ZONE}/stor/", views.large, name="zone_year_large"),
    path(f"{_ZONE}.pdf", views.pdf, name="zone_year_pdf"),
]
