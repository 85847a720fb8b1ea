"""What is kept, and how does it come back? Sealed backups of the whole database, private parts too."""
