"""How does a resident get the days into a calendar?"""
