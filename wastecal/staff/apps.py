"""What does Django need to know about the staff's pages?"""

from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "wastecal.staff"
    label = "staff"
    verbose_name = "wastecal: staff"
