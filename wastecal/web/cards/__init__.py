"""How does the next collection stand in somebody else's page?"""
