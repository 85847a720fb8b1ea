"""How does everything public become plain signed files, and those files the service again?"""
