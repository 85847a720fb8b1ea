"""How does the search work where there is no server: out of which small files?"""
