"""How does a resident find the pattern in old text messages?"""
