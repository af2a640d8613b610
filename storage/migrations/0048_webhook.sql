-- Where a site's own server is told what happens in its conversations. Each reads the
-- site's stream from a place of its own: nothing is written when something happens.
CREATE TABLE webhook (
  id           TEXT PRIMARY KEY,
  site_id      TEXT NOT NULL REFERENCES site (id),
  url          TEXT NOT NULL,
  kinds        TEXT NOT NULL, -- names of events, separated by spaces
  sealed       TEXT NOT NULL,
  old_sealed   TEXT NOT NULL, -- the secret before, '' for none
  old_until    BIGINT NOT NULL,
  paused       TEXT NOT NULL, -- why nothing is sent, '' while it is
  made_by      TEXT NOT NULL REFERENCES agent (id),
  made_at      BIGINT NOT NULL,
  done         BIGINT NOT NULL, -- number in the site's stream of what was dealt with last
  sent_at      BIGINT NOT NULL,
  failed_since BIGINT NOT NULL,
  tries        BIGINT NOT NULL,
  next_at      BIGINT NOT NULL,
  attempts     BIGINT NOT NULL, -- number of the latest attempt
  lease_by     TEXT NOT NULL,
  lease_until  BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX webhook_site ON webhook (site_id, id);

-- The latest attempts of each, without what was said.
CREATE TABLE webhook_attempt (
  webhook_id      TEXT NOT NULL REFERENCES webhook (id),
  number          BIGINT NOT NULL,
  site_seq        BIGINT NOT NULL, -- of the event, 0 for a trial
  conversation_id TEXT NOT NULL,
  event_id        TEXT NOT NULL,
  kind            TEXT NOT NULL,
  at              BIGINT NOT NULL,
  status          BIGINT NOT NULL,
  reason          TEXT NOT NULL,
  took            BIGINT NOT NULL,
  next_at         BIGINT NOT NULL,
  PRIMARY KEY (webhook_id, number)
) WITHOUT ROWID;
CREATE INDEX webhook_attempt_conversation ON webhook_attempt (conversation_id);
