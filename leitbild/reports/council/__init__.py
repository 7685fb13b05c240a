"""The implementation report to the council: its content, and the documents made from it."""
