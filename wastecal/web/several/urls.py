"""Which page of several addresses answers which URL?"""

from django.urls import path

from wastecal.web.several import views

urlpatterns = [path("flera/", views.several, name="several")]
