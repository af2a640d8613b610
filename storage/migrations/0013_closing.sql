-- The template that a follow-up's words came from, and the variable that had no
-- value when it was due: such a one is held back, and stands until it is planned
-- anew or let go.
ALTER TABLE follow_up ADD COLUMN template_id TEXT NOT NULL DEFAULT '';
ALTER TABLE follow_up ADD COLUMN lacks TEXT NOT NULL DEFAULT '';
DROP INDEX follow_up_waiting;
CREATE UNIQUE INDEX follow_up_standing ON follow_up (conversation_id) WHERE state IN ('waiting', 'held');
CREATE INDEX follow_up_held ON follow_up (agent_id, site_id, due_at) WHERE state = 'held';
