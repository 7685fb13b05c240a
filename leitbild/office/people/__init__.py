"""People, their accounts, what was done and mailed."""
