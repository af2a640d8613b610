-- Who wrote a prompt as it stands, and when; '' for the starter set.
ALTER TABLE prompt ADD COLUMN by_id TEXT NOT NULL DEFAULT '';
ALTER TABLE prompt ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE prompt ADD COLUMN updated_at BIGINT NOT NULL DEFAULT 0;
UPDATE prompt SET updated_at = (SELECT created_at FROM site WHERE site.id = prompt.site_id);

-- What a prompt said before it was rewritten.
CREATE TABLE prompt_version (
  prompt_id TEXT NOT NULL REFERENCES prompt (id),
  version   BIGINT NOT NULL,
  step      TEXT NOT NULL,
  text      TEXT NOT NULL,
  help      TEXT NOT NULL,
  evidence  TEXT NOT NULL,
  fit       TEXT NOT NULL,
  by_id     TEXT NOT NULL,
  at        BIGINT NOT NULL,
  PRIMARY KEY (prompt_id, version)
) WITHOUT ROWID;
