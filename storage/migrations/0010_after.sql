-- What customers say of a conversation, one for each stretch of it: before its
-- first closing, after it, after it was opened again. round is the seq of the
-- event that began the stretch, 0 for the first.
CREATE TABLE feedback_of_round (
  id              TEXT PRIMARY KEY,
  site_id         TEXT NOT NULL,
  conversation_id TEXT NOT NULL REFERENCES conversation (id),
  person_id       TEXT NOT NULL,
  agent_id        TEXT NOT NULL,
  round           BIGINT NOT NULL,
  closed_at       BIGINT NOT NULL,
  solved          TEXT NOT NULL,
  rating          BIGINT NOT NULL,
  comment         TEXT NOT NULL,
  thanks          BIGINT NOT NULL,
  changes         BIGINT NOT NULL,
  at              BIGINT NOT NULL,
  UNIQUE (conversation_id, round)
) WITHOUT ROWID;
INSERT INTO feedback_of_round (id, site_id, conversation_id, person_id, agent_id, round, closed_at, solved, rating, comment, thanks, changes, at)
  SELECT f.id, f.site_id, f.conversation_id, f.person_id, f.agent_id,
    coalesce((SELECT max(e.seq) FROM event e WHERE e.conversation_id = f.conversation_id AND e.type = 'conversation.closed' AND e.at = f.closed_at), f.closed_at),
    f.closed_at, f.solved, f.rating, f.comment, f.thanks, 1, f.at FROM feedback f;
DROP TABLE feedback;
ALTER TABLE feedback_of_round RENAME TO feedback;

-- The closing that a mailed question is about: its event's seq.
ALTER TABLE mail_link ADD COLUMN round BIGINT NOT NULL DEFAULT 0;

-- Addresses that are not asked how it was any more, as hashes.
CREATE TABLE survey_stop (
  site_id      TEXT NOT NULL REFERENCES site (id),
  address_hash TEXT NOT NULL,
  at           BIGINT NOT NULL,
  PRIMARY KEY (site_id, address_hash)
) WITHOUT ROWID;

-- Words that customers hear a day or two later, one waiting per conversation.
CREATE TABLE follow_up (
  id              TEXT PRIMARY KEY,
  site_id         TEXT NOT NULL REFERENCES site (id),
  conversation_id TEXT NOT NULL REFERENCES conversation (id),
  agent_id        TEXT NOT NULL REFERENCES agent (id),
  by_rule         BIGINT NOT NULL,
  text            TEXT NOT NULL,
  due_at          BIGINT NOT NULL,
  state           TEXT NOT NULL,
  made_at         BIGINT NOT NULL,
  ended_at        BIGINT NOT NULL,
  claimed_until   BIGINT NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX follow_up_waiting ON follow_up (conversation_id) WHERE state = 'waiting';
CREATE INDEX follow_up_due ON follow_up (due_at) WHERE state = 'waiting';
