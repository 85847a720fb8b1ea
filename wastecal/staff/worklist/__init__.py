"""What have residents reported, and who deals with it? The list of reports, worked off by the staff."""
