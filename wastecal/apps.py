"""What does Django need to know about wastecal as an application?"""

from django.apps import AppConfig


class WastecalConfig(AppConfig):
    name = "wastecal"
    verbose_name = "wastecal"
