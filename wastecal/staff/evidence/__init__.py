"""What does the evidence say of streets and zones, and what do the staff make of it?"""
