"""Leitbild: a municipality's integration concept as a plan that is carried out."""
