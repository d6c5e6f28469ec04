"""The windows of quality assurance: trainer, scorecard, the counsellor's letters."""
