"""Concepts as plain text: YAML and JSON."""
