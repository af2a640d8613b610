-- When a page of an origin last asked for something of the chat: by site, where the
-- key was one's, else ''. Origins of pages, nothing of whoever looked at them.
CREATE TABLE site_load (
    site_id TEXT NOT NULL,
    origin  TEXT NOT NULL,
    what    TEXT NOT NULL,
    at      BIGINT NOT NULL,
    PRIMARY KEY (site_id, origin, what)
) WITHOUT ROWID;

-- What a change was from and what it is to, as JSON by field: settings and words of
-- the team's, never a secret and nothing of a customer's.
ALTER TABLE audit ADD COLUMN change TEXT NOT NULL DEFAULT '';
