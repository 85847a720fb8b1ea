"""How is this installation set up, and how does the web server start it?"""
