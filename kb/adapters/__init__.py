"""Outside libraries of the knowledge side: kiwi, sentence-transformers. Built by ``app.composition`` only."""
