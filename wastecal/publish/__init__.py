"""How does everything public become plain files that outlive the server?"""
