"""Who has an account: how does an administrator make, change and close one?"""
