-- What limits copies, and what ends them, outlives the conversation and its customer.
-- So neither names them: of an address there is only a hash that is made with a key of
-- the installation's.
CREATE TABLE transcript_count (
  site_id      TEXT NOT NULL REFERENCES site (id),
  address_hash TEXT NOT NULL,
  at           BIGINT NOT NULL,
  id           TEXT NOT NULL,
  unproven     BIGINT NOT NULL,
  PRIMARY KEY (site_id, address_hash, at, id)
) WITHOUT ROWID;
CREATE INDEX transcript_count_site ON transcript_count (site_id, at) WHERE unproven = 1;
CREATE INDEX transcript_count_at ON transcript_count (at);

CREATE TABLE transcript_link (
  token_hash   TEXT PRIMARY KEY,
  site_id      TEXT NOT NULL REFERENCES site (id),
  address_hash TEXT NOT NULL,
  locale       TEXT NOT NULL,
  expires_at   BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX transcript_link_expiry ON transcript_link (expires_at);

-- What came before has hashes without a key, which the next start makes anew.
ALTER TABLE transcript_stop ADD COLUMN keyed BIGINT NOT NULL DEFAULT 0;
CREATE INDEX transcript_stop_plain ON transcript_stop (keyed) WHERE keyed = 0;
CREATE INDEX mail_link_copies ON mail_link (purpose) WHERE purpose = 'copies';

-- Copies that were sent: who sent the same again, and how many one has sent.
DROP TABLE transcript;
CREATE TABLE transcript (
  id              TEXT PRIMARY KEY,
  conversation_id TEXT NOT NULL,
  by_id           TEXT NOT NULL,
  address_hash    TEXT NOT NULL,
  masked          TEXT NOT NULL,
  at              BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX transcript_by ON transcript (by_id, at);
CREATE INDEX transcript_talk ON transcript (conversation_id, address_hash, at);
CREATE INDEX transcript_at ON transcript (at);
