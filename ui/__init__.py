"""Qt windows, models and delegates, and the one bridge from events to signals."""
