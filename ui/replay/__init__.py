"""The replay window: sound, words, events and the desk as it was, on one clock."""
