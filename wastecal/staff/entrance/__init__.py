"""How does a member of the staff come in: with two factors, ours or the directory's?"""
