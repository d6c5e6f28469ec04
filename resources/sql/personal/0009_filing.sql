-- Filed records that go to the site's own system lie in the outbox too. A record has no sealed file: its JSON stands
-- in the row, under the desk key as all of this database, until the site's system has it. See app/filing_rows.py.
ALTER TABLE outbox RENAME TO outbox_before;

CREATE TABLE outbox (
  pack_id TEXT PRIMARY KEY,
  session_id TEXT NOT NULL,
  created_at TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('team', 'practice', 'record')),
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
  refused INTEGER NOT NULL DEFAULT 0
);

INSERT INTO outbox (pack_id, session_id, created_at, kind, sealed_to, file, sha256, delivery, attempts, destination,
  error, receipt, incident_id, upload)
SELECT pack_id, session_id, created_at, kind, sealed_to, file, sha256, delivery, attempts, destination,
  error, receipt, incident_id, upload FROM outbox_before;

DROP TABLE outbox_before;

CREATE INDEX outbox_by_delivery ON outbox (delivery, pack_id);
CREATE INDEX outbox_by_session ON outbox (session_id, version);
