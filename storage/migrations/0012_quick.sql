-- The order that an owner gives to their answers; those never put in order go by title.
ALTER TABLE answer ADD COLUMN position BIGINT NOT NULL DEFAULT 0;

-- On a site's local day: how often a quick answer was opened, was said to have
-- helped, and was followed by a message of whoever had opened it.
CREATE TABLE answer_day (
  answer_id TEXT NOT NULL REFERENCES answer (id),
  day       TEXT NOT NULL,
  opened    BIGINT NOT NULL,
  helped    BIGINT NOT NULL,
  followed  BIGINT NOT NULL,
  PRIMARY KEY (answer_id, day)
) WITHOUT ROWID;

-- What a customer had opened before they wrote. answers is a JSON list of ids
-- and titles as they were then.
CREATE TABLE read_up (
  id              TEXT PRIMARY KEY,
  conversation_id TEXT NOT NULL REFERENCES conversation (id),
  answers         TEXT NOT NULL
) WITHOUT ROWID;
