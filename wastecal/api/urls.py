"""Which question of the API is at which address? One set for all languages: `?lang=` says which."""

from django.urls import path

from wastecal.api.views import describing, edits, lists, places

app_name = "api"

_ADDRESS = "addresses/<slug_part:locality>/<slug_part:street>/<slug_part:number>"

urlpatterns = [
    path("", lists.root, name="root"),
    path("addresses", places.addresses, name="addresses"),
    path(_ADDRESS, places.address, name="address"),
    path(f"{_ADDRESS}/pickups", places.pickups, name="pickups"),
    path("zones", lists.zones, name="zones"),
    path("containers", lists.containers, name="containers"),
    path("notices", lists.notices, name="notices"),
    path("overrides", lists.overrides, name="overrides"),
    path("edits", edits.edits, name="edits"),
    path("schema/", describing.schema_view, name="schema"),
    path("<rest:path>", describing.nothing_here),
]
