-- What may be given on a site; kinds and limits are JSON.
CREATE TABLE authority (
  site_id         TEXT PRIMARY KEY REFERENCES site (id),
  version         BIGINT NOT NULL,
  currency        TEXT NOT NULL,
  kinds           TEXT NOT NULL,
  limits          TEXT NOT NULL,
  answer_within   BIGINT NOT NULL,
  changed_at      BIGINT NOT NULL,
  changed_by      TEXT NOT NULL
) WITHOUT ROWID;

-- Who has read which version of the limits, and agrees.
CREATE TABLE limits_read (
  site_id         TEXT NOT NULL REFERENCES site (id),
  agent_id        TEXT NOT NULL REFERENCES agent (id),
  version         BIGINT NOT NULL,
  at              BIGINT NOT NULL,
  PRIMARY KEY (site_id, agent_id)
) WITHOUT ROWID;

-- What agents wish of their limits.
CREATE TABLE limit_wish (
  id              TEXT PRIMARY KEY,
  site_id         TEXT NOT NULL REFERENCES site (id),
  agent_id        TEXT NOT NULL REFERENCES agent (id),
  text            TEXT NOT NULL,
  at              BIGINT NOT NULL,
  settled_at      BIGINT NOT NULL,
  settled_by      TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX limit_wish_open ON limit_wish (site_id, id) WHERE settled_at = 0;

-- Goodwill and decisions, given or asked for. passed is JSON; own is 1 where
-- nobody was asked, and counts towards the agent's limits.
CREATE TABLE goodwill (
  id              TEXT PRIMARY KEY,
  site_id         TEXT NOT NULL REFERENCES site (id),
  conversation_id TEXT NOT NULL REFERENCES conversation (id),
  matter_id       TEXT NOT NULL,
  person_id       TEXT NOT NULL,
  client_id       TEXT NOT NULL,
  kind            TEXT NOT NULL,
  name            TEXT NOT NULL,
  unit            TEXT NOT NULL,
  currency        TEXT NOT NULL,
  amount          BIGINT NOT NULL,
  reason          TEXT NOT NULL,
  note            TEXT NOT NULL,
  summary         TEXT NOT NULL,
  state           TEXT NOT NULL,
  by_id           TEXT NOT NULL REFERENCES agent (id),
  own             BIGINT NOT NULL,
  asked_of        TEXT NOT NULL,
  passed          TEXT NOT NULL,
  answer_by       BIGINT NOT NULL,
  decided_by      TEXT NOT NULL,
  words           TEXT NOT NULL,
  promise_id      TEXT NOT NULL,
  asked_at        BIGINT NOT NULL,
  at              BIGINT NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX goodwill_once ON goodwill (client_id, by_id, conversation_id);
CREATE INDEX goodwill_own ON goodwill (site_id, by_id, kind, at) WHERE own = 1 AND state = 'given';
CREATE INDEX goodwill_given ON goodwill (site_id, at, id) WHERE state = 'given';
CREATE INDEX goodwill_waits ON goodwill (site_id, id) WHERE state IN ('asked', 'unanswered');
CREATE INDEX goodwill_here ON goodwill (conversation_id) WHERE state IN ('asked', 'unanswered');
CREATE INDEX goodwill_due ON goodwill (answer_by) WHERE answer_by > 0;
CREATE INDEX goodwill_person ON goodwill (person_id, id);
