-- What servers of one installation keep for each other, for a while.

-- What somebody who sets a site up looks at before it is saved: the whole of a site, or
-- a rule that invites.
CREATE TABLE glimpse (
  token_hash TEXT PRIMARY KEY,
  kind       TEXT NOT NULL,
  site_id    TEXT NOT NULL,
  body       TEXT NOT NULL,
  until      BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX glimpse_kind ON glimpse (kind, site_id, until);
CREATE INDEX glimpse_until ON glimpse (until);

-- How much of a limit that guards passwords is spent. key is a keyed hash; from full_at
-- on all of it may be spent again.
CREATE TABLE spent (
  key     TEXT PRIMARY KEY,
  full_at BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX spent_full ON spent (full_at);

-- Files that pages load by hashed names, packed by gzip, in base64: a page of one version
-- may ask a server of another.
CREATE TABLE page_part (
  name    TEXT NOT NULL PRIMARY KEY,
  body    TEXT NOT NULL,
  used_at BIGINT NOT NULL
);
CREATE INDEX page_part_used ON page_part (used_at);
