"""How does a resident say that a container was emptied on a day, or was not?"""
