"""How does a program read the answer: as a calendar, as JSON?"""
