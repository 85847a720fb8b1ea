"""How does a resident tell the municipality that something is wrong?"""
