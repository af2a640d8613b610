-- What an agent has said of themselves: they keep it over reloads, restarts and
-- devices. Nothing of customers stands in it.
CREATE TABLE agent_status (
  agent_id     TEXT PRIMARY KEY REFERENCES agent (id),
  status       TEXT NOT NULL,
  reason       TEXT NOT NULL,
  auto         BIGINT NOT NULL,
  no_new_until BIGINT NOT NULL,
  at           BIGINT NOT NULL
) WITHOUT ROWID;

-- Whose turn it is, who had it last, how much longer than it has a conversation
-- counts as waiting, and when we have promised something.
ALTER TABLE conversation ADD COLUMN last_agent_id TEXT NOT NULL DEFAULT '';
ALTER TABLE conversation ADD COLUMN offered_to TEXT NOT NULL DEFAULT '';
ALTER TABLE conversation ADD COLUMN head_start BIGINT NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN promised_at BIGINT NOT NULL DEFAULT 0;
UPDATE conversation SET last_agent_id = assignee_id WHERE assignee_id <> '';

-- To whom a conversation that waits was offered, and what they made of it. A row
-- lives as long as the waiting does, and goes with its conversation when somebody
-- is erased.
CREATE TABLE offer (
  conversation_id TEXT NOT NULL REFERENCES conversation (id),
  agent_id        TEXT NOT NULL REFERENCES agent (id),
  site_id         TEXT NOT NULL,
  made_at         BIGINT NOT NULL,
  until           BIGINT NOT NULL,
  ended_at        BIGINT NOT NULL,
  outcome         TEXT NOT NULL,
  why             TEXT NOT NULL,
  PRIMARY KEY (conversation_id, agent_id)
) WITHOUT ROWID;
-- One at a time.
CREATE UNIQUE INDEX offer_open ON offer (conversation_id) WHERE ended_at = 0;
