"""Who changed what, and when? Every Edit, what it did, and the way to take it back."""
