-- The dedicated team's side; empty on a counsellor's desk.
-- One row a sealed file, found by its content: the same file under another name is the same pack.
CREATE TABLE team_packs (
  sha256 TEXT PRIMARY KEY,
  pack_id TEXT NOT NULL,
  incident_id TEXT NOT NULL,
  file TEXT NOT NULL,
  received_at TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('untouched', 'unproven', 'changed', 'broken')),
  fault TEXT NOT NULL DEFAULT '',
  differing TEXT NOT NULL DEFAULT '[]',
  completing INTEGER NOT NULL DEFAULT 0,
  desk TEXT NOT NULL DEFAULT '',
  content TEXT NOT NULL DEFAULT ''
);

CREATE INDEX team_packs_by_incident ON team_packs (incident_id, completing, pack_id);
CREATE INDEX team_packs_by_content ON team_packs (content);

-- Opened parts. The originals stay where they came.
CREATE TABLE team_parts (
  sha256 TEXT NOT NULL REFERENCES team_packs (sha256) ON DELETE CASCADE,
  name TEXT NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (sha256, name)
);

-- Files that were looked at, so that no pack is read again.
CREATE TABLE team_files (
  file TEXT PRIMARY KEY,
  size INTEGER NOT NULL,
  mtime_ns INTEGER NOT NULL,
  sha256 TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE team_incidents (
  incident_id TEXT PRIMARY KEY,
  call_id TEXT NOT NULL,
  raised_at TEXT NOT NULL,
  received_at TEXT NOT NULL,
  label TEXT NOT NULL,
  labels TEXT NOT NULL,
  severity INTEGER NOT NULL,
  situation TEXT NOT NULL,
  caller TEXT NOT NULL,
  simulated INTEGER NOT NULL,
  words TEXT NOT NULL
) WITHOUT ROWID;

CREATE INDEX team_incidents_by_caller ON team_incidents (caller, raised_at);
CREATE INDEX team_incidents_by_call ON team_incidents (call_id);

-- What was done about an incident: 경고, 상담 제한, 고발, 기소, 판결, 종결. Lines are only ever added.
CREATE TABLE team_steps (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  incident_id TEXT NOT NULL,
  step TEXT NOT NULL,
  happened_on TEXT NOT NULL,
  note TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  corrects INTEGER NOT NULL DEFAULT 0
);

CREATE INDEX team_steps_by_incident ON team_steps (incident_id, id);

-- Managed callers by keyed hash of the number.
CREATE TABLE team_callers (
  caller TEXT PRIMARY KEY,
  class TEXT NOT NULL CHECK (class IN ('malicious', 'hard')),
  handling TEXT NOT NULL,
  until TEXT NOT NULL,
  note TEXT NOT NULL,
  added_at TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  ended_at TEXT NOT NULL DEFAULT '',
  unpublished INTEGER NOT NULL DEFAULT 1
) WITHOUT ROWID;
