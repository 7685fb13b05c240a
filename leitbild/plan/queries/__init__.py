"""Reads of the plan that several surfaces share."""
