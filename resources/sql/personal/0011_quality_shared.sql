-- What the other trainers' PCs are to be told: coaching tasks and calibration sessions beside ratings. Of a task every
-- PC keeps the same version. A task whose draft rating was thrown away belongs to no rating any more.
ALTER TABLE qa_tasks ADD COLUMN rating TEXT NOT NULL DEFAULT '';
ALTER TABLE qa_tasks ADD COLUMN edits INTEGER NOT NULL DEFAULT 1;
ALTER TABLE qa_tasks ADD COLUMN changed_at TEXT NOT NULL DEFAULT '';
ALTER TABLE qa_tasks ADD COLUMN shared INTEGER NOT NULL DEFAULT 0;
ALTER TABLE qa_calibrations ADD COLUMN shared INTEGER NOT NULL DEFAULT 0;

UPDATE qa_tasks SET body = json_set(body, '$.rating', '')
WHERE coalesce(json_extract(body, '$.rating'), '') NOT IN (SELECT rating_id FROM qa_ratings);
UPDATE qa_tasks SET rating = coalesce(json_extract(body, '$.rating'), '');
