-- Words that a team sorts its conversations by; folded is how two of them are
-- compared. One that was deleted, or merged into another, stays, so that the
-- thread can name it. They are the team's words: erasing a person leaves them,
-- and takes what stands in conversation_tag by its conversation.
CREATE TABLE tag (
  id          TEXT PRIMARY KEY,
  site_id     TEXT NOT NULL REFERENCES site (id),
  name        TEXT NOT NULL,
  folded      TEXT NOT NULL,
  uses        BIGINT NOT NULL,
  made_by     TEXT NOT NULL,
  made_at     BIGINT NOT NULL,
  merged_into TEXT NOT NULL,
  deleted_at  BIGINT NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX tag_name ON tag (site_id, folded) WHERE deleted_at = 0;

CREATE TABLE conversation_tag (
  conversation_id TEXT NOT NULL REFERENCES conversation (id),
  tag_id          TEXT NOT NULL REFERENCES tag (id),
  at              BIGINT NOT NULL,
  PRIMARY KEY (conversation_id, tag_id)
) WITHOUT ROWID;
CREATE INDEX conversation_tag_of ON conversation_tag (tag_id, conversation_id);

-- Until when a conversation sleeps, and when it was woken last by the clock; and
-- whether an agent has put it back among the unread. live is 2 of one that sleeps:
-- the lists of what is at hand leave it out.
ALTER TABLE conversation ADD COLUMN snoozed_until BIGINT NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN woken_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN put_back BIGINT NOT NULL DEFAULT 0;
ALTER TABLE site_head ADD COLUMN snoozed BIGINT NOT NULL DEFAULT 0;
CREATE INDEX conversation_snoozed ON conversation (snoozed_until) WHERE snoozed_until > 0;

-- In which conversations an agent was named in a note, the latest time in each. It
-- goes with its conversation.
CREATE TABLE mention (
  agent_id        TEXT NOT NULL REFERENCES agent (id),
  conversation_id TEXT NOT NULL REFERENCES conversation (id),
  site_id         TEXT NOT NULL,
  message_id      TEXT NOT NULL,
  by_id           TEXT NOT NULL,
  at              BIGINT NOT NULL,
  read_at         BIGINT NOT NULL,
  PRIMARY KEY (agent_id, conversation_id)
) WITHOUT ROWID;
CREATE INDEX mention_list ON mention (agent_id, site_id, at, conversation_id);
CREATE INDEX mention_unread ON mention (agent_id, site_id, at) WHERE read_at = 0;
CREATE INDEX mention_conversation ON mention (conversation_id);
