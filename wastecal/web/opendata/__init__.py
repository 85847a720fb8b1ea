"""What may anyone take with them, and what does it mean? The data directory, as open data."""
