-- Copies of conversations that were sent by e-mail, from which limits are counted: of
-- the address only a hash.
CREATE TABLE transcript (
  id              TEXT PRIMARY KEY,
  site_id         TEXT NOT NULL REFERENCES site (id),
  conversation_id TEXT NOT NULL,
  person_id       TEXT NOT NULL,
  by_id           TEXT NOT NULL,
  address_hash    TEXT NOT NULL,
  proven          BIGINT NOT NULL,
  masked          TEXT NOT NULL,
  at              BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX transcript_to ON transcript (address_hash, at);
CREATE INDEX transcript_by ON transcript (by_id, at);
CREATE INDEX transcript_site ON transcript (site_id, at) WHERE proven = 0;
CREATE INDEX transcript_talk ON transcript (conversation_id);
CREATE INDEX transcript_at ON transcript (at);

-- Addresses that want no such copies from a site.
CREATE TABLE transcript_stop (
  site_id      TEXT NOT NULL REFERENCES site (id),
  address_hash TEXT NOT NULL,
  at           BIGINT NOT NULL,
  PRIMARY KEY (site_id, address_hash)
) WITHOUT ROWID;
