-- fit says what a prompt or template was made for: JSON of lists, none for anything.
ALTER TABLE prompt ADD COLUMN fit TEXT NOT NULL DEFAULT '{}';
ALTER TABLE template ADD COLUMN fit TEXT NOT NULL DEFAULT '{}';
-- The agent who wrote the version in use, '' for the starter set.
ALTER TABLE template ADD COLUMN by_id TEXT NOT NULL DEFAULT '';

-- What a template said before it was rewritten.
CREATE TABLE template_version (
  template_id TEXT NOT NULL REFERENCES template (id),
  version     BIGINT NOT NULL,
  title       TEXT NOT NULL,
  shortcut    TEXT NOT NULL,
  body        TEXT NOT NULL,
  steps       TEXT NOT NULL,
  fit         TEXT NOT NULL,
  by_id       TEXT NOT NULL,
  at          BIGINT NOT NULL,
  PRIMARY KEY (template_id, version)
) WITHOUT ROWID;

-- Short facts that the owner keeps. words and pages are JSON lists.
CREATE TABLE answer (
  id         TEXT PRIMARY KEY,
  site_id    TEXT NOT NULL REFERENCES site (id),
  title      TEXT NOT NULL,
  shortcut   TEXT NOT NULL,
  text       TEXT NOT NULL,
  link       TEXT NOT NULL,
  words      TEXT NOT NULL,
  pages      TEXT NOT NULL,
  quick      BIGINT NOT NULL,
  origin     TEXT NOT NULL,
  by_id      TEXT NOT NULL,
  updated_at BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX answer_site ON answer (site_id);

-- Minimum behaviours. steps is a JSON list, none for always.
CREATE TABLE standard (
  id       TEXT PRIMARY KEY,
  site_id  TEXT NOT NULL REFERENCES site (id),
  key      TEXT NOT NULL,
  text     TEXT NOT NULL,
  why      TEXT NOT NULL,
  shown    TEXT NOT NULL,
  steps    TEXT NOT NULL,
  position BIGINT NOT NULL,
  origin   TEXT NOT NULL,
  UNIQUE (site_id, key)
) WITHOUT ROWID;
