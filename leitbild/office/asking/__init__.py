"""Rounds of asking, answers, and the pages behind a personal link."""
