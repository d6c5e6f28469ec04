-- Who did what to whose data, when and where. Lines are only ever added; each holds the hash of the one before it and
-- its own, made with a key that is not in the database. They hang on no call and outlive it. See app/access_log.py.
ALTER TABLE access RENAME TO access_before;

CREATE TABLE access (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  who TEXT NOT NULL,
  place TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  note TEXT NOT NULL,
  prev TEXT NOT NULL,
  hash TEXT NOT NULL
);
