-- Quality assurance. On a counsellor's desk: headers that went out, calls that were drawn, letters from the trainer.
-- On a trainer's PC: headers that came in, plans and draws, packages, ratings, coaching, calibration, exercises.
-- A rubric is kept as each rating used it. Bodies are JSON.
CREATE TABLE qa_headers (
  session_id TEXT PRIMARY KEY REFERENCES sessions (id) ON DELETE CASCADE,
  header_id TEXT NOT NULL UNIQUE,
  desk TEXT NOT NULL DEFAULT '',
  made_at TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE qa_drawn (
  header_id TEXT PRIMARY KEY,
  session_id TEXT NOT NULL,
  plan_id TEXT NOT NULL,
  title TEXT NOT NULL DEFAULT '',
  drawn_at TEXT NOT NULL,
  until TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('drawn', 'sealed', 'fetched', 'released')),
  told INTEGER NOT NULL DEFAULT 0 -- 1: a notice came, 2: the counsellor looked at it
) WITHOUT ROWID;

CREATE INDEX qa_drawn_by_session ON qa_drawn (session_id, state);

CREATE TABLE qa_letters (
  rating_id TEXT PRIMARY KEY,
  session_id TEXT NOT NULL DEFAULT '',
  received_at TEXT NOT NULL,
  seen_at TEXT NOT NULL DEFAULT '',
  body TEXT NOT NULL
) WITHOUT ROWID;

-- Names of files of the exchange that were taken in, so that none is read twice.
CREATE TABLE qa_taken (
  name TEXT PRIMARY KEY,
  taken_at TEXT NOT NULL,
  outcome TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE qa_known_headers (
  header_id TEXT PRIMARY KEY,
  desk TEXT NOT NULL,
  recipient TEXT NOT NULL,
  proven INTEGER NOT NULL,
  counsellor TEXT NOT NULL,
  started_at TEXT NOT NULL,
  duration_s INTEGER NOT NULL,
  category TEXT NOT NULL,
  flags TEXT NOT NULL,
  received_at TEXT NOT NULL
) WITHOUT ROWID;

CREATE INDEX qa_known_headers_by_counsellor ON qa_known_headers (counsellor, started_at);

CREATE TABLE qa_draws (
  plan_id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  made_at TEXT NOT NULL,
  sent_at TEXT NOT NULL DEFAULT '',
  body TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE qa_packages (
  package_id TEXT PRIMARY KEY,
  header_id TEXT NOT NULL DEFAULT '',
  plan_id TEXT NOT NULL DEFAULT '',
  file TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  received_at TEXT NOT NULL,
  kind TEXT NOT NULL,
  purpose TEXT NOT NULL,
  until TEXT NOT NULL,
  sender TEXT NOT NULL,
  counsellor TEXT NOT NULL DEFAULT '',
  started_at TEXT NOT NULL DEFAULT '',
  duration_s REAL NOT NULL DEFAULT 0,
  category TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;

CREATE TABLE qa_rubrics (
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (id, version)
) WITHOUT ROWID;

CREATE TABLE qa_ratings (
  rating_id TEXT PRIMARY KEY,
  call TEXT NOT NULL,
  counsellor TEXT NOT NULL,
  call_at TEXT NOT NULL,
  rubric TEXT NOT NULL,
  rubric_version INTEGER NOT NULL,
  rater TEXT NOT NULL,
  blind INTEGER NOT NULL,
  calibration TEXT NOT NULL,
  submitted_at TEXT NOT NULL,
  shared INTEGER NOT NULL DEFAULT 0,
  body TEXT NOT NULL
) WITHOUT ROWID;

CREATE INDEX qa_ratings_by_call ON qa_ratings (call, rating_id);
CREATE INDEX qa_ratings_by_counsellor ON qa_ratings (counsellor, call_at);

-- Answers, settlements: lines are only ever added.
CREATE TABLE qa_words (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  rating_id TEXT NOT NULL,
  at TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('answer', 'settlement')),
  body TEXT NOT NULL
);

CREATE INDEX qa_words_by_rating ON qa_words (rating_id, id);

-- Calls whose ratings by others a rater has looked at: he can no longer rate them blind.
CREATE TABLE qa_looked (
  call TEXT NOT NULL,
  rater TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (call, rater)
) WITHOUT ROWID;

CREATE TABLE qa_tasks (
  task_id TEXT PRIMARY KEY,
  counsellor TEXT NOT NULL,
  made_at TEXT NOT NULL,
  done_at TEXT NOT NULL DEFAULT '',
  body TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE qa_calibrations (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  made_at TEXT NOT NULL,
  closed_at TEXT NOT NULL DEFAULT '',
  body TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE qa_exercises (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  made_at TEXT NOT NULL,
  body TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE qa_cases (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  made_at TEXT NOT NULL,
  body TEXT NOT NULL
) WITHOUT ROWID;

-- The outbox takes three more kinds and a place inside the destination.
ALTER TABLE outbox RENAME TO outbox_before;

CREATE TABLE outbox (
  pack_id TEXT PRIMARY KEY,
  session_id TEXT NOT NULL,
  created_at TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('team', 'practice', 'record', 'header', 'package', 'letter')),
  sealed_to TEXT NOT NULL CHECK (sealed_to IN ('team', 'desk')),
  file TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  delivery TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  destination TEXT NOT NULL DEFAULT '',
  error TEXT NOT NULL DEFAULT '',
  receipt TEXT NOT NULL DEFAULT '',
  incident_id TEXT NOT NULL DEFAULT '',
  upload TEXT NOT NULL DEFAULT '',
  version INTEGER NOT NULL DEFAULT 0,
  body TEXT NOT NULL DEFAULT '',
  begun INTEGER NOT NULL DEFAULT 0,
  refused INTEGER NOT NULL DEFAULT 0,
  place TEXT NOT NULL DEFAULT ''
);

INSERT INTO outbox (pack_id, session_id, created_at, kind, sealed_to, file, sha256, delivery, attempts, destination,
  error, receipt, incident_id, upload, version, body, begun, refused)
SELECT pack_id, session_id, created_at, kind, sealed_to, file, sha256, delivery, attempts, destination,
  error, receipt, incident_id, upload, version, body, begun, refused FROM outbox_before;

DROP TABLE outbox_before;

CREATE INDEX outbox_by_delivery ON outbox (delivery, pack_id);
CREATE INDEX outbox_by_session ON outbox (session_id, version);
