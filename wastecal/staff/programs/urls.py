"""Which addresses of the API can be written to?"""

from django.urls import path

from wastecal.staff.programs import views

urlpatterns = [
    path("overrides", views.overrides),
    path("notices", views.notices),
    path("withdraw", views.withdraw),
    path("preview", views.preview),
]
