"""Which file of the search answers which URL? One set for all languages, so none has a prefix."""

from django.urls import path

from wastecal.web.searching import views

urlpatterns = [
    path("sok/index.json", views.index, name="search_index"),
    path("sok/borjan/<slug_part:key>.json", views.begins, name="search_begins"),
    path("sok/slutet/<slug_part:key>.json", views.ends, name="search_ends"),
    path("sok/hus/<slug_part:key>.json", views.houses, name="search_houses"),
]
