"""How do the programs that speak the old portals' API get their answers here, with another address only?"""
