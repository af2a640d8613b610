-- The servers of an installation that has several: when each was heard of last, by the
-- database's clock, and who is connected to it.
CREATE TABLE server (
  id     TEXT PRIMARY KEY,
  at     BIGINT NOT NULL,
  roster TEXT NOT NULL
) WITHOUT ROWID;
