"""What may programs of the staff do, and by whose leave?"""
