"""Concepts as tables: one sheet or file for each kind of part."""
