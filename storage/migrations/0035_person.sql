-- What undoing a merge needs beside the devices: which profiles led to the one that
-- was merged, and what it gave to the one that stayed.
ALTER TABLE person_merge ADD COLUMN profiles TEXT NOT NULL DEFAULT '[]';
ALTER TABLE person_merge ADD COLUMN filled TEXT NOT NULL DEFAULT '[]';

-- A sensitive note has how its customer agreed to it, and when it erases itself; both
-- are empty of any other.
ALTER TABLE person_note ADD COLUMN consent TEXT NOT NULL DEFAULT '';
ALTER TABLE person_note ADD COLUMN expires_at BIGINT NOT NULL DEFAULT 0;
CREATE INDEX person_note_expires ON person_note (expires_at) WHERE expires_at > 0;
