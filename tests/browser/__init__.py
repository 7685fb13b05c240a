"""What only a real browser shows: contrast, focus, layout in both directions, foreign requests."""
