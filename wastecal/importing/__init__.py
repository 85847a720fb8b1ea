"""How do outside files come in, and how does everything public go out again?"""
