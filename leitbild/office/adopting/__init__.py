"""What the council decides: publications, editions, files that are imported."""
