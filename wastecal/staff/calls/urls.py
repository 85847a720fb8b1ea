"""Which page of a call answers which URL below /personal/samtal/?"""

from django.urls import path

from wastecal.staff.calls import views

_ADDRESS = "<slug_part:locality>/<slug_part:street>/<slug_part:number>/"

urlpatterns = [
    path("", views.calls, name="calls"),
    path("saknas/", views.call_missing, name="call_missing"),
    path("ta-tillbaka/", views.call_take_back, name="call_take_back"),
    path(_ADDRESS, views.call, name="call"),
    path(f"{_ADDRESS}logga/", views.call_log, name="call_log"),
    path(f"{_ADDRESS}sms/", views.call_messages, name="call_messages"),
]
