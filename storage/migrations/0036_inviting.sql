-- Invitations of a site's rules that stood on a page. rule and text are as they were
-- then; token_hash is of what the page answers it with. person_id is '' for somebody
-- whom the site does not know, conversation_id until they have written.
CREATE TABLE showing (
  id              TEXT PRIMARY KEY,
  token_hash      TEXT NOT NULL UNIQUE,
  site_id         TEXT NOT NULL,
  rule_id         TEXT NOT NULL,
  rule            TEXT NOT NULL,
  text            TEXT NOT NULL,
  day             TEXT NOT NULL,
  at              BIGINT NOT NULL,
  person_id       TEXT NOT NULL,
  declined_at     BIGINT NOT NULL,
  opened_at       BIGINT NOT NULL,
  answered_at     BIGINT NOT NULL,
  conversation_id TEXT NOT NULL,
  goal_at         BIGINT NOT NULL
) WITHOUT ROWID;

CREATE INDEX showing_person ON showing (person_id, at);
CREATE INDEX showing_conversation ON showing (conversation_id, at);

-- What came of them, by the local day on which they were shown.
CREATE TABLE showing_day (
  site_id  TEXT NOT NULL,
  rule_id  TEXT NOT NULL,
  day      TEXT NOT NULL,
  shown    BIGINT NOT NULL,
  declined BIGINT NOT NULL,
  answered BIGINT NOT NULL,
  led      BIGINT NOT NULL,
  PRIMARY KEY (site_id, rule_id, day)
) WITHOUT ROWID;
