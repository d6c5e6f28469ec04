"""What the walk over every window looks at: names, words and their room, the way of the focus, contrast."""
