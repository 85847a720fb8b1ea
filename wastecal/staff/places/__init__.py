"""Which addresses are there, and how does the staff add, mend, join and retire them?"""
