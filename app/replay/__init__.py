"""Saved calls played again: where they come from, what is emitted, what would differ today."""
