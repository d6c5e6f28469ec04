"""Outside libraries of the app side: sqlcipher3, keyring, HTTP, age. Built by ``app.composition`` only."""
