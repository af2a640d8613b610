-- The seven-stage track of a complaint, one for each matter. What settled its
-- stages is JSON.
CREATE TABLE complaint (
  id              TEXT PRIMARY KEY,
  site_id         TEXT NOT NULL REFERENCES site (id),
  conversation_id TEXT NOT NULL REFERENCES conversation (id),
  matter_id       TEXT NOT NULL UNIQUE REFERENCES matter (id),
  state           TEXT NOT NULL,
  marks           TEXT NOT NULL,
  asked           BIGINT NOT NULL,
  hard            BIGINT NOT NULL,
  expectation     TEXT NOT NULL,
  solution        TEXT NOT NULL,
  confirmation    TEXT NOT NULL,
  root_cause      TEXT NOT NULL,
  cause_words     TEXT NOT NULL,
  cause_skipped   TEXT NOT NULL,
  follow_up_at    BIGINT NOT NULL,
  follow_up_id    TEXT NOT NULL,
  opened_by       TEXT NOT NULL REFERENCES agent (id),
  opened_at       BIGINT NOT NULL,
  ended_at        BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX complaint_conversation ON complaint (conversation_id, id);
CREATE INDEX complaint_site ON complaint (site_id, state, id);

-- Whether a conversation is queued as a complaint, what a promise is for, and who
-- is trained for complaints.
ALTER TABLE conversation ADD COLUMN complaint TEXT NOT NULL DEFAULT '';
ALTER TABLE promise ADD COLUMN kind TEXT NOT NULL DEFAULT '';
ALTER TABLE agent ADD COLUMN complaints BIGINT NOT NULL DEFAULT 0;
