"""Which open data answers which URL? The files lie at one place, whatever the language."""

from django.urls import path

from wastecal.web.opendata import views

urlpatterns = [
    path("data/<str:name>", views.data_file, name="data_file"),
    path("oppna-data/data.zip", views.data_archive, name="data_archive"),
]
