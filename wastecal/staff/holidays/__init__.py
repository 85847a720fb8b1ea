"""How do the holidays move collections, year by year, and how does the staff decide it?"""
