"""A part of a concept: its text, drafts, past and bin."""
