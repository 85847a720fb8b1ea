"""Which page of a report answers which URL?"""

from django.urls import path

from wastecal.web.reporting import views

urlpatterns = [
    path("anmal/", views.report, name="report"),
    path("anmal/tack/", views.received, name="report_received"),
]
