"""Outside libraries of the assist side. Built by ``app.composition`` only."""
