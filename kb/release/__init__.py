"""Releases of the standard counselling DB: written and signed by the DB team, fetched and checked by every desk."""
