"""Protection of people in the call: the counsellor from abuse, the caller from danger. The human decides."""
