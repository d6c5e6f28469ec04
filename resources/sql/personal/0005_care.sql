-- The incident report as the counsellor left it, by call.
CREATE TABLE incident_reports (
  session_id TEXT PRIMARY KEY REFERENCES sessions (id) ON DELETE CASCADE,
  stored_at TEXT NOT NULL,
  body TEXT NOT NULL
) WITHOUT ROWID;

-- The counsellor's own note. It hangs on no call and is read by nothing but the counsellor's own window.
CREATE TABLE own_note (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  stored_at TEXT NOT NULL,
  body TEXT NOT NULL
);
