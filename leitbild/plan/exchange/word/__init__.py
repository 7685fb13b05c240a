"""Concepts as Word documents: headings carry the structure."""
