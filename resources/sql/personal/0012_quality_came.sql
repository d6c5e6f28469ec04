-- Whether a rating was made on another trainer's PC: who gets another name takes only his own along. Of ratings from
-- before it is not known; they count as made here, as they did.
ALTER TABLE qa_ratings ADD COLUMN came INTEGER NOT NULL DEFAULT 0;
