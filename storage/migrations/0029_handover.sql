-- Who hands a conversation over, to which team, and the note that goes with it; ''
-- in an offer of one that waits. Like the rest of its row it goes with its
-- conversation.
ALTER TABLE offer ADD COLUMN from_id TEXT NOT NULL DEFAULT '';
ALTER TABLE offer ADD COLUMN team_id TEXT NOT NULL DEFAULT '';
ALTER TABLE offer ADD COLUMN note_id TEXT NOT NULL DEFAULT '';
