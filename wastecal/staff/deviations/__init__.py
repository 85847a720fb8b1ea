"""What deviates from the ordinary days, and how does the staff say so?"""
