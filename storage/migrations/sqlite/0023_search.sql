-- What search knows: one row for each message. doc is its time in milliseconds,
-- times 65,536, plus the end of its number in its site's stream, so that it is the
-- order of a page of results. agent_id is its author's, '' unless an agent
-- wrote it; flags are 1 note, 2 by an agent, 4 by a customer, 8 with files.
-- Erasing a person deletes by conversation (forgetWords in search_forget.go).
CREATE TABLE search_doc (
  doc             BIGINT PRIMARY KEY,
  conversation_id TEXT NOT NULL,
  seq             BIGINT NOT NULL,
  agent_id        TEXT NOT NULL,
  flags           BIGINT NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX search_doc_of ON search_doc (conversation_id, seq);

-- The words of each doc; see hub/search for what a line is.
CREATE VIRTUAL TABLE search_text USING fts4 (line, tokenize=simple, order=desc, matchinfo=fts3);
INSERT INTO search_text (search_text) VALUES ('automerge=8');

-- The words by which customers are found: names, addresses, what the site said of
-- them. Erasing a person deletes both rows.
CREATE TABLE search_person (
  person_id TEXT PRIMARY KEY,
  doc       BIGINT NOT NULL UNIQUE
) WITHOUT ROWID;
CREATE VIRTUAL TABLE search_name USING fts4 (line, tokenize=simple, order=desc, matchinfo=fts3);
INSERT INTO search_name (search_name) VALUES ('automerge=8');

-- Customers whose words have changed since they were read.
CREATE TABLE search_stale (
  person_id TEXT PRIMARY KEY
) WITHOUT ROWID;

-- How far each site's events have been read: those after back up to done. What
-- stood there before is read backwards until back is 0.
CREATE TABLE search_site (
  site_id TEXT PRIMARY KEY REFERENCES site (id),
  done    BIGINT NOT NULL,
  back    BIGINT NOT NULL
) WITHOUT ROWID;

-- Searches that are kept with a name: one agent's, or everybody's where agent_id
-- is ''. Nothing of a customer stands in them but what somebody typed.
CREATE TABLE saved_view (
  id         TEXT PRIMARY KEY,
  agent_id   TEXT NOT NULL,
  by_id      TEXT NOT NULL REFERENCES agent (id),
  name       TEXT NOT NULL,
  query      TEXT NOT NULL,
  position   BIGINT NOT NULL,
  changed_at BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX saved_view_of ON saved_view (agent_id, position, id);
