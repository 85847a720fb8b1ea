"""What does the person who answers the phone need to see, and to write down, while somebody waits?"""
