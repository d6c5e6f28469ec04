-- Legal hold: a call whose evidence was handed over is exempt from every automatic deletion.
ALTER TABLE sessions ADD COLUMN hold INTEGER NOT NULL DEFAULT 0;

-- Keyed hash of the caller's number where it became known; never the number.
ALTER TABLE sessions ADD COLUMN caller TEXT NOT NULL DEFAULT '';

CREATE INDEX sessions_by_caller ON sessions (caller, started_at);

-- One row a handed-over call. The first pack's id is the incident's. Clocks as they stood at the first press.
CREATE TABLE incidents (
  incident_id TEXT PRIMARY KEY,
  session_id TEXT NOT NULL,
  raised_at TEXT NOT NULL,
  label TEXT NOT NULL,
  situation TEXT NOT NULL,
  completed INTEGER NOT NULL DEFAULT 0,
  practice INTEGER NOT NULL DEFAULT 0,
  pressed_ns INTEGER NOT NULL DEFAULT 0,
  clock_sync TEXT NOT NULL DEFAULT 'unknown'
);

CREATE UNIQUE INDEX incidents_by_session ON incidents (session_id);

-- Why, where somebody had to say so (a legal hold set or lifted).
ALTER TABLE access ADD COLUMN note TEXT NOT NULL DEFAULT '';

-- Which incident a sealed pack belongs to, and how much of it the destination has taken.
ALTER TABLE outbox ADD COLUMN incident_id TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN upload TEXT NOT NULL DEFAULT '';
