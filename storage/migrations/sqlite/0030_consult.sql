-- Who answers in a conversation beside its agent: ids with a space between. Few have
-- any, so that an index of those alone finds an agent's. It goes with its row.
ALTER TABLE conversation ADD COLUMN guests TEXT NOT NULL DEFAULT '';
CREATE INDEX conversation_guests ON conversation (site_id, rank, id) WHERE guests <> '';

-- An offer may ask somebody to join, and leave the conversation with who has it.
ALTER TABLE offer ADD COLUMN joins BIGINT NOT NULL DEFAULT 0;
