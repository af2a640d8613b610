-- Keys of a site's own server, as hashes.
CREATE TABLE api_key (
  id      TEXT PRIMARY KEY,
  site_id TEXT NOT NULL REFERENCES site (id),
  name    TEXT NOT NULL,
  hash    TEXT NOT NULL UNIQUE,
  made_by TEXT NOT NULL REFERENCES agent (id),
  made_at BIGINT NOT NULL,
  used_at BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX api_key_site ON api_key (site_id, id);

-- What was reported to be late for a customer, and what became of it.
CREATE TABLE delay (
  id        TEXT PRIMARY KEY,
  site_id   TEXT NOT NULL REFERENCES site (id),
  person_id TEXT NOT NULL REFERENCES person (id),
  source    TEXT NOT NULL,
  reference TEXT NOT NULL,
  what      TEXT NOT NULL,
  reason    TEXT NOT NULL,
  until     BIGINT NOT NULL,
  state     TEXT NOT NULL,
  at        BIGINT NOT NULL,
  ended_by  TEXT NOT NULL,
  ended_at  BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX delay_person ON delay (person_id, id);

-- Reports that were taken, with the answer to give when one comes again.
CREATE TABLE delay_report (
  site_id TEXT NOT NULL REFERENCES site (id),
  once    TEXT NOT NULL,
  answer  TEXT NOT NULL,
  at      BIGINT NOT NULL,
  PRIMARY KEY (site_id, once)
) WITHOUT ROWID;
CREATE INDEX delay_report_at ON delay_report (at);

-- What a report did to a promise, '' for nothing.
ALTER TABLE promise ADD COLUMN delay TEXT NOT NULL DEFAULT '';
