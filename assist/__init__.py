"""What helps in the call: turns, suggestions, protection, numbers, the record. Free of Qt."""
