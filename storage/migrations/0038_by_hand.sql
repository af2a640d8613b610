-- Calls, visits, video meetings and appointments that agents have entered, each the
-- conversation of its own channel. It goes with that.
CREATE TABLE entry (
  conversation_id TEXT PRIMARY KEY REFERENCES conversation (id),
  began_at        BIGINT NOT NULL,
  minutes         BIGINT NOT NULL,
  party           TEXT NOT NULL,
  by_id           TEXT NOT NULL REFERENCES agent (id)
) WITHOUT ROWID;

-- An appointment is a promise with a place; sequence is how often it was changed, as
-- calendars count.
ALTER TABLE promise ADD COLUMN place TEXT NOT NULL DEFAULT '';
ALTER TABLE promise ADD COLUMN minutes BIGINT NOT NULL DEFAULT 0;
ALTER TABLE promise ADD COLUMN sequence BIGINT NOT NULL DEFAULT 0;

-- Files of people, orders and past conversations that were brought in.
CREATE TABLE import (
  id        TEXT PRIMARY KEY,
  site_id   TEXT NOT NULL REFERENCES site (id),
  kind      TEXT NOT NULL,
  name      TEXT NOT NULL,
  by_id     TEXT NOT NULL,
  added     BIGINT NOT NULL,
  made_at   BIGINT NOT NULL,
  undone_at BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX import_site ON import (site_id, id);

-- What came with them, by the reference it has at the site: the same is brought in
-- once. It goes with its customer.
CREATE TABLE imported (
  site_id   TEXT NOT NULL REFERENCES site (id),
  kind      TEXT NOT NULL,
  reference TEXT NOT NULL,
  import_id TEXT NOT NULL REFERENCES import (id),
  person_id TEXT NOT NULL REFERENCES person (id),
  object_id TEXT NOT NULL,
  PRIMARY KEY (site_id, kind, reference)
) WITHOUT ROWID;
CREATE INDEX imported_import ON imported (import_id);
CREATE INDEX imported_person ON imported (person_id);

-- What customers have bought; amount in hundredths of its currency.
CREATE TABLE purchase (
  id        TEXT PRIMARY KEY,
  site_id   TEXT NOT NULL REFERENCES site (id),
  person_id TEXT NOT NULL REFERENCES person (id),
  reference TEXT NOT NULL,
  at        BIGINT NOT NULL,
  amount    BIGINT NOT NULL,
  currency  TEXT NOT NULL,
  state     TEXT NOT NULL,
  text      TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX purchase_person ON purchase (person_id, at, id);
