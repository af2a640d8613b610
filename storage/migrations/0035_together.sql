-- What undoing a merge needs beside the devices: which profiles led to the one that
-- was merged, and what it gave to the one that stayed.
ALTER TABLE person_merge ADD COLUMN profiles TEXT NOT NULL DEFAULT '[]';
ALTER TABLE person_merge ADD COLUMN filled TEXT NOT NULL DEFAULT '[]';
