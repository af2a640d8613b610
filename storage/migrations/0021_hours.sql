-- What was said and done by itself while one side of a conversation waits, and
-- when to look again (0 for never). It goes with the conversation, as erasing does.
CREATE TABLE lull (
  conversation_id TEXT PRIMARY KEY REFERENCES conversation (id),
  site_id         TEXT NOT NULL REFERENCES site (id),
  since           BIGINT NOT NULL,
  said_at         BIGINT NOT NULL,
  opens_at        BIGINT NOT NULL,
  stages          BIGINT NOT NULL,
  reminded        BIGINT NOT NULL,
  asked_at        BIGINT NOT NULL,
  held_at         BIGINT NOT NULL,
  due_at          BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX lull_due ON lull (due_at) WHERE due_at > 0;
