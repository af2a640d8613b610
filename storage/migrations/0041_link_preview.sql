-- What the page behind the first link of a message says of itself, for as long as it
-- is kept. link_key is made of the link, which stands in the message alone; title is ''
-- where nothing could be read, so that it is not asked for again at once.
CREATE TABLE link_preview (
  conversation_id TEXT NOT NULL,
  link_key        TEXT NOT NULL,
  site_id         TEXT NOT NULL,
  host            TEXT NOT NULL,
  name            TEXT NOT NULL,
  title           TEXT NOT NULL,
  text            TEXT NOT NULL,
  until           BIGINT NOT NULL,
  PRIMARY KEY (conversation_id, link_key)
) WITHOUT ROWID;

CREATE INDEX link_preview_site ON link_preview (site_id, link_key, until);
CREATE INDEX link_preview_until ON link_preview (until);
