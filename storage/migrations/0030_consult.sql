-- Who answers in a conversation beside its agent: ids with a space between. Few have
-- any, so that an index of those alone finds an agent's. It goes with its row.
ALTER TABLE conversation ADD COLUMN guests TEXT NOT NULL DEFAULT '';
CREATE INDEX conversation_guests ON conversation (site_id, rank, id) WHERE guests <> '';

-- An offer may ask somebody to join, and leave the conversation with who has it.
ALTER TABLE offer ADD COLUMN joins BIGINT NOT NULL DEFAULT 0;

-- Questions to colleagues about a conversation. What is asked and answered are its
-- notes; the row goes with it.
CREATE TABLE consult (
  id              TEXT PRIMARY KEY,
  site_id         TEXT NOT NULL REFERENCES site (id),
  conversation_id TEXT NOT NULL REFERENCES conversation (id),
  by_id           TEXT NOT NULL REFERENCES agent (id),
  agent_id        TEXT NOT NULL,
  team_id         TEXT NOT NULL,
  question_id     TEXT NOT NULL,
  answer_id       TEXT NOT NULL,
  answered_by     TEXT NOT NULL,
  asked_at        BIGINT NOT NULL,
  ended_at        BIGINT NOT NULL,
  state           TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX consult_conversation ON consult (conversation_id);
CREATE INDEX consult_open ON consult (asked_at, id) WHERE state = 'open';
