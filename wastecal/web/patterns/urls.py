"""Which page for old text messages answers which URL?"""

from django.urls import path

from wastecal.web.patterns import views

urlpatterns = [
    path("adress/<slug_part:locality>/<slug_part:street>/<slug_part:number>/sms/", views.messages, name="sms")
]
