"""On which days is a zone or an address emptied ordinarily, and how does the staff change that?"""
