-- Sessions and the append-only log of their events.
CREATE TABLE sessions (
  id TEXT PRIMARY KEY,
  started_at TEXT NOT NULL,
  source TEXT NOT NULL,
  title TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'ended', 'interrupted')),
  duration_s REAL NOT NULL DEFAULT 0,
  turns INTEGER NOT NULL DEFAULT 0,
  first_words TEXT NOT NULL DEFAULT '',
  escalated INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE events (
  id INTEGER PRIMARY KEY,
  session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  t_ns INTEGER NOT NULL,
  type TEXT NOT NULL,
  body TEXT NOT NULL
);

CREATE INDEX events_by_session ON events (session_id, id);

-- Version 0 is the draft of unfiled edits; filed versions count from 1.
CREATE TABLE records (
  session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  stored_at TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (session_id, version)
) WITHOUT ROWID;

-- Folded text of turns and records, for searching.
CREATE TABLE search (
  session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  part TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (session_id, part)
) WITHOUT ROWID;

-- Sealed packs. They outlive their session: a pack that was not accepted is never dropped.
CREATE TABLE outbox (
  pack_id TEXT PRIMARY KEY,
  session_id TEXT NOT NULL,
  created_at TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('team', 'practice')),
  sealed_to TEXT NOT NULL CHECK (sealed_to IN ('team', 'desk')),
  file TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  delivery TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  destination TEXT NOT NULL DEFAULT '',
  error TEXT NOT NULL DEFAULT '',
  receipt TEXT NOT NULL DEFAULT ''
);

CREATE INDEX outbox_by_delivery ON outbox (delivery, pack_id);

CREATE TABLE access (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  action TEXT NOT NULL,
  session_id TEXT NOT NULL
);

CREATE TABLE meta (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;
