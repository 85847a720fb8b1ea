"""How does a resident read the answer in a browser?"""
