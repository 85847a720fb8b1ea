"""Where is the door of the old portals? One address for all its questions, so that none is redirected."""

from django.urls import path

from wastecal.api.portal import views

urlpatterns = [path("<rest:name>", views.door, name="portal")]
