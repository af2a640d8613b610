-- A yes in the customer's own words: their message, and the agent who noted it.
ALTER TABLE card ADD COLUMN answer_message_id TEXT NOT NULL DEFAULT '';
ALTER TABLE card ADD COLUMN noted_by TEXT NOT NULL DEFAULT '';

-- A customer's conversations in the order in which they began: ids are made by
-- clients, whose clocks may be anything.
DROP INDEX conversation_person;
CREATE INDEX conversation_person ON conversation (person_id, started_at, id);

-- Only conversations are closed.
ALTER TABLE matter DROP COLUMN closed_at;

-- The ledger shows how promises ended, the latest first.
CREATE INDEX promise_ended ON promise (site_id, ended_at, id) WHERE state <> 'open';
