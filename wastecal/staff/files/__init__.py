"""How do deviations go out as a file for Excel, and come in again?"""
