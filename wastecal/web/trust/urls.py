"""Which page about the service itself answers which URL?"""

from django.urls import path

from wastecal.web.trust import views

urlpatterns = [
    path("om/", views.about, name="about"),
    path("tillganglighet/", views.accessibility, name="accessibility"),
    path("personuppgifter/", views.privacy, name="privacy"),
]
