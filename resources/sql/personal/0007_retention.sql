-- How long records are kept. See app/retention.py.

-- A deletion that has begun: it is carried to its end whatever happens in between.
CREATE TABLE deletions (
  session_id TEXT PRIMARY KEY,
  kinds TEXT NOT NULL,
  why TEXT NOT NULL,
  began_at TEXT NOT NULL,
  rows_gone INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

-- When something was made, as far as the clock could be believed when it was first seen. No content.
CREATE TABLE births (
  family TEXT NOT NULL,
  ident TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (family, ident)
) WITHOUT ROWID;
