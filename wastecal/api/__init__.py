"""What can another program ask, and what does it get? Values and JSON, the same for every caller."""
