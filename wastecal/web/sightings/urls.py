"""Which page for what was seen on a day answers which URL?"""

from django.urls import path

from wastecal.web.sightings import views

urlpatterns = [path("anmal/dag/", views.seen, name="seen")]
