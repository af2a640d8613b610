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
