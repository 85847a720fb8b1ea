"""When is the waste collected? Pickup dates by address, as pages, calendars and files."""
