"""What the benchmark makes of its measurements; measuring itself isn't tested here."""
