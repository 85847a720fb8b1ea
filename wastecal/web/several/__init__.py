"""How does a caretaker see several addresses at once?"""
