"""What does the server itself cost? A Django of one view that does nothing."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path


def nothing(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


urlpatterns = [path("", nothing), path("healthz/live", nothing)]

settings.configure(
    ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1"], SECRET_KEY=os.environ["SECRET_KEY"], MIDDLEWARE=[]
)
application = get_wsgi_application()
