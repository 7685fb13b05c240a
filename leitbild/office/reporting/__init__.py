"""Reports and their templates."""
