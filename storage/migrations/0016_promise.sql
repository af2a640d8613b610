-- Until when an agent is away (0 without an end: they do not work here any more),
-- and who answers for their promises meanwhile: a colleague, '' for anyone.
CREATE TABLE absence (
  id       TEXT PRIMARY KEY,
  agent_id TEXT NOT NULL REFERENCES agent (id),
  to_id    TEXT NOT NULL,
  by_id    TEXT NOT NULL,
  made_at  BIGINT NOT NULL,
  until    BIGINT NOT NULL,
  ended_at BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX absence_agent ON absence (agent_id, id);
CREATE UNIQUE INDEX absence_one ON absence (agent_id) WHERE ended_at = 0;

-- A promise that anyone answers for keeps its last owner's id. absence_id is the
-- absence that it was handed on for last.
ALTER TABLE promise ADD COLUMN anyone BIGINT NOT NULL DEFAULT 0;
ALTER TABLE promise ADD COLUMN absence_id TEXT NOT NULL DEFAULT '';
CREATE INDEX promise_anyone ON promise (site_id, due_at, id) WHERE state = 'open' AND anyone = 1;
CREATE INDEX promise_absence ON promise (absence_id, due_at, id) WHERE absence_id <> '';

-- IANA zone of the browser that they used last, '' while unknown.
ALTER TABLE person ADD COLUMN zone TEXT NOT NULL DEFAULT '';
