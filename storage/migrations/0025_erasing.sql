-- Who was erased, by ids that lead nowhere any more: after a backup from before is
-- restored they are erased again.
CREATE TABLE erasure (
  object_id TEXT PRIMARY KEY,
  kind      TEXT NOT NULL,
  at        BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX erasure_at ON erasure (at, object_id);

-- Events of erased conversations that are still to go, from the first on: a long
-- history goes in steps, when nothing leads to it any more.
CREATE TABLE erasure_rest (
  conversation_id TEXT PRIMARY KEY,
  gone            BIGINT NOT NULL,
  last            BIGINT NOT NULL
) WITHOUT ROWID;

-- Blobs whose rows are erased and whose bytes are to go.
CREATE TABLE erased_blob (
  blob TEXT PRIMARY KEY
) WITHOUT ROWID;

-- What erasing finds rows by, and what a parent that goes looks for children by.
CREATE INDEX alias_conversation ON conversation_alias (conversation_id);
CREATE INDEX draft_conversation ON draft (conversation_id);
CREATE INDEX follow_up_conversation ON follow_up (conversation_id);
CREATE INDEX read_up_conversation ON read_up (conversation_id);
CREATE INDEX goodwill_conversation ON goodwill (conversation_id);
CREATE INDEX mail_link_conversation ON mail_link (conversation_id);
CREATE INDEX card_matter ON card (matter_id);
CREATE INDEX promise_matter ON promise (matter_id);
CREATE INDEX file_conversation ON file (conversation_id);
CREATE INDEX fact_conversation ON fact (conversation_id);
CREATE INDEX person_merge_from ON person_merge (from_id);
CREATE INDEX person_merge_into ON person_merge (into_id);
CREATE INDEX person_address ON person (site_id, email) WHERE email <> '';
