"""Leitbild: a municipality's integration concept as a plan that is carried out."""

__version__ = "0.1.0"
