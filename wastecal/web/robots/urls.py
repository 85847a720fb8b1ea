"""Which file for robots answers which URL? These lie at the root, whatever the language."""

from django.urls import path

from wastecal.web.robots import views

urlpatterns = [
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", views.part, name="sitemap_part"),
]
