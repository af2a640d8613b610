-- What customers are to be told by e-mail. waiting is 1 until it is sent or
-- given up; what they have seen meanwhile is deleted.
CREATE TABLE mail (
  id              TEXT PRIMARY KEY,
  site_id         TEXT NOT NULL REFERENCES site (id),
  person_id       TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  kind            TEXT NOT NULL,
  seq             BIGINT NOT NULL,
  payload         TEXT NOT NULL,
  created_at      BIGINT NOT NULL,
  earliest_at     BIGINT NOT NULL,
  due_at          BIGINT NOT NULL,
  away_since      BIGINT NOT NULL,
  attempts        BIGINT NOT NULL,
  claimed_until   BIGINT NOT NULL,
  token           TEXT NOT NULL,
  waiting         BIGINT NOT NULL,
  sent_at         BIGINT NOT NULL,
  failed_at       BIGINT NOT NULL,
  last_error      TEXT NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX mail_once ON mail (conversation_id, seq, kind);
CREATE INDEX mail_due ON mail (due_at) WHERE waiting = 1;
CREATE INDEX mail_ended ON mail (created_at) WHERE waiting = 0;

-- Links in letters: the hash of a token, and the one thing it is good for.
CREATE TABLE mail_link (
  token_hash      TEXT PRIMARY KEY,
  conversation_id TEXT NOT NULL,
  purpose         TEXT NOT NULL,
  card_id         TEXT NOT NULL,
  email           TEXT NOT NULL,
  expires_at      BIGINT NOT NULL,
  used_at         BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX mail_link_expiry ON mail_link (expires_at);
