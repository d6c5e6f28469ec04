-- What the counsellor did with knowledge. None of it hangs on a call: it outlives the calls it came from.

-- Weights for and against an entry under a kind of question (its head words, a JSON list).
CREATE TABLE learned (
  words TEXT NOT NULL,
  article_id TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  gain REAL NOT NULL,
  loss REAL NOT NULL,
  used REAL NOT NULL,
  day REAL NOT NULL,
  PRIMARY KEY (words, article_id)
) WITHOUT ROWID;

-- Notes for the DB team, masked: what the DB does not answer (gap), what is wrong in it (correction).
CREATE TABLE kb_notes (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('gap', 'correction')),
  filed_at TEXT NOT NULL,
  body TEXT NOT NULL
) WITHOUT ROWID;

-- Entries the counsellor keeps at hand, and those opened lately.
CREATE TABLE favourites (
  article_id TEXT PRIMARY KEY,
  added_at TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE opened (
  article_id TEXT PRIMARY KEY,
  opened_at TEXT NOT NULL
) WITHOUT ROWID;

-- The entries as this counsellor last saw them, for what changed since.
CREATE TABLE seen_entries (
  article_id TEXT PRIMARY KEY,
  fingerprint TEXT NOT NULL,
  title TEXT NOT NULL
) WITHOUT ROWID;
