-- What is sent along with a message, or kept with a template. The bytes lie in
-- the files' folder under the name of the blob, which several rows may share.
CREATE TABLE file (
  id              TEXT PRIMARY KEY,
  site_id         TEXT NOT NULL REFERENCES site (id),
  conversation_id TEXT NOT NULL,
  message_id      TEXT NOT NULL,
  template_id     TEXT NOT NULL,
  by_kind         TEXT NOT NULL,
  by_id           TEXT NOT NULL,
  note            BIGINT NOT NULL,
  name            TEXT NOT NULL,
  claimed         TEXT NOT NULL,
  type            TEXT NOT NULL,
  size            BIGINT NOT NULL,
  sha256          TEXT NOT NULL,
  width           BIGINT NOT NULL,
  height          BIGINT NOT NULL,
  blob            TEXT NOT NULL,
  state           TEXT NOT NULL,
  created_at      BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX file_blob ON file (blob);
CREATE INDEX file_pending ON file (created_at) WHERE state = 'pending';
CREATE INDEX file_template ON file (template_id, id) WHERE template_id <> '';
-- What somebody, and what a site's customers, have sent within a day.
CREATE INDEX file_by ON file (by_id, created_at, size);
CREATE INDEX file_site ON file (site_id, by_kind, created_at, size);

-- An event that is a message names its files in ref.
DROP VIEW message;
CREATE VIEW message AS
  SELECT conversation_id, seq, public_seq, message_id AS id, matter_id, client_id, kind, by_kind, by_id, text, template_id, at, ref AS files
  FROM event WHERE client_id <> '';
