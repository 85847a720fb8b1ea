"""What may a resident expect of this service, and whom can one hold to it?"""
