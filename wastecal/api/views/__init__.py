"""Which question does which address of the API answer?"""
