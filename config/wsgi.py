"""What does the application server (granian) call for each request?"""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import resolve

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()
resolve("/")  # loads all views now: the first visitor of a new process does not wait a second for them
