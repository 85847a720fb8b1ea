"""What do those who collect the waste do here: say what deviates, answer the phone, keep the addresses?"""
