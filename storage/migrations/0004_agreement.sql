-- What was asked of the customer, and what they answered. Options are JSON.
CREATE TABLE card (
  id              TEXT PRIMARY KEY,
  conversation_id TEXT NOT NULL REFERENCES conversation (id),
  matter_id       TEXT NOT NULL REFERENCES matter (id),
  client_id       TEXT NOT NULL,
  kind            TEXT NOT NULL,
  state           TEXT NOT NULL,
  by_id           TEXT NOT NULL REFERENCES agent (id),
  sent_at         BIGINT NOT NULL,
  text            TEXT NOT NULL,
  options         TEXT NOT NULL,
  limits          TEXT NOT NULL,
  our_part        TEXT NOT NULL,
  our_due         BIGINT NOT NULL,
  your_part       TEXT NOT NULL,
  your_due        BIGINT NOT NULL,
  -- The answer: '' and 0 until there is one.
  choice          TEXT NOT NULL,
  chosen          TEXT NOT NULL,
  answer          TEXT NOT NULL,
  answered_at     BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX card_conversation ON card (conversation_id, id);
CREATE UNIQUE INDEX card_once ON card (client_id, by_id, conversation_id);
CREATE INDEX card_sent ON card (matter_id) WHERE state = 'sent';

-- Commitments of both sides.
CREATE TABLE promise (
  id              TEXT PRIMARY KEY,
  site_id         TEXT NOT NULL REFERENCES site (id),
  conversation_id TEXT NOT NULL REFERENCES conversation (id),
  matter_id       TEXT NOT NULL REFERENCES matter (id),
  card_id         TEXT NOT NULL,
  message_id      TEXT NOT NULL,
  client_id       TEXT NOT NULL,
  made_by         TEXT NOT NULL REFERENCES agent (id),
  whose           TEXT NOT NULL,
  owner_id        TEXT NOT NULL REFERENCES agent (id),
  text            TEXT NOT NULL,
  due_at          BIGINT NOT NULL,
  zone            TEXT NOT NULL,
  words           TEXT NOT NULL,
  next_at         BIGINT NOT NULL,
  state           TEXT NOT NULL,
  moved           BIGINT NOT NULL,
  why             TEXT NOT NULL,
  handed_at       BIGINT NOT NULL,
  made_at         BIGINT NOT NULL,
  ended_at        BIGINT NOT NULL,
  -- Reminders: the last that went out, when the next one does (0 for none), and
  -- until when some server is at it.
  told            BIGINT NOT NULL,
  remind_at       BIGINT NOT NULL,
  claimed_until   BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX promise_conversation ON promise (conversation_id, id);
CREATE UNIQUE INDEX promise_once ON promise (client_id, made_by, conversation_id);
CREATE INDEX promise_open ON promise (conversation_id, due_at, id) WHERE state = 'open';
CREATE INDEX promise_site ON promise (site_id, due_at, id) WHERE state = 'open';
CREATE INDEX promise_owner ON promise (owner_id, site_id, due_at, id) WHERE state = 'open';
CREATE INDEX promise_remind ON promise (remind_at) WHERE remind_at > 0;
