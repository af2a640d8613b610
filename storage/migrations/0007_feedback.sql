-- One for each closing of a conversation, and one for the time before (0).
CREATE TABLE feedback (
  id              TEXT PRIMARY KEY,
  site_id         TEXT NOT NULL,
  conversation_id TEXT NOT NULL REFERENCES conversation (id),
  person_id       TEXT NOT NULL,
  agent_id        TEXT NOT NULL,
  closed_at       BIGINT NOT NULL,
  solved          TEXT NOT NULL,
  rating          BIGINT NOT NULL,
  comment         TEXT NOT NULL,
  thanks          BIGINT NOT NULL,
  at              BIGINT NOT NULL,
  UNIQUE (conversation_id, closed_at)
) WITHOUT ROWID;
