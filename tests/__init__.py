"""Does wastecal do what its contract says?"""
