"""What do search engines, and whoever puts the site on a home screen, read of it?"""
