-- As whom a browser itself has signed in: where an agent brought it to that customer
-- instead, and takes the two apart again, it goes.
ALTER TABLE device ADD COLUMN account_id TEXT NOT NULL DEFAULT '';

-- Where nobody was brought together by hand, each browser of a customer who has signed
-- in came by that.
UPDATE device SET account_id = person_id
WHERE person_id IN (SELECT i.person_id FROM identity i JOIN person p ON p.id = i.person_id WHERE p.verified = 1)
  AND person_id NOT IN (SELECT p.merged_into FROM person_merge m JOIN person p ON p.id = m.from_id WHERE m.by_id <> '' AND m.undone_at = 0);
