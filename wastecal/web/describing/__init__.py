"""How does a person who writes programs learn what can be asked?"""
