"""Tests mirror the tree of leitbild/; what crosses it stands in browser/ and architecture/."""
