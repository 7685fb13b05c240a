"""The concept as a whole: outline, order, the plan check."""
