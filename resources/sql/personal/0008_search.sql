-- What is searched holds no personal data any more: texts are masked, and numbers and names stand there as keyed hashes.
-- See app/search_index.py. The key is random: whoever has the index alone cannot try numbers.
CREATE TABLE search_key (key BLOB NOT NULL);
INSERT INTO search_key (key) VALUES (randomblob(32));

-- Rows from before are masked one after the other when the store opens, then this table goes.
ALTER TABLE search RENAME TO search_before;
CREATE TABLE search (
  session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  part TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (session_id, part)
) WITHOUT ROWID;
