"""What is said to residents besides the days: notices for a while and a scope, in the town's languages."""
