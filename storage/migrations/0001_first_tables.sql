-- Times are milliseconds UTC, truth values 0 or 1, lists and attributes JSON.

CREATE TABLE setting (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE site (
  id         TEXT PRIMARY KEY,
  public_key TEXT NOT NULL UNIQUE,
  settings   TEXT NOT NULL,
  created_at BIGINT NOT NULL
) WITHOUT ROWID;

-- The head of each site's stream and its kept counters.
CREATE TABLE site_head (
  site_id TEXT PRIMARY KEY REFERENCES site (id),
  seq     BIGINT NOT NULL,
  queue   BIGINT NOT NULL,
  live    BIGINT NOT NULL
) WITHOUT ROWID;

CREATE TABLE identity_secret (
  kid        TEXT PRIMARY KEY,
  site_id    TEXT NOT NULL REFERENCES site (id),
  sealed     TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  retires_at BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX identity_secret_site ON identity_secret (site_id);

CREATE TABLE agent (
  id            TEXT PRIMARY KEY,
  email         TEXT NOT NULL UNIQUE,
  name          TEXT NOT NULL,
  picture       TEXT NOT NULL,
  role          TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  created_at    BIGINT NOT NULL,
  disabled_at   BIGINT NOT NULL
) WITHOUT ROWID;
-- One owner, however many set-up links are followed at once.
CREATE UNIQUE INDEX agent_owner ON agent (role) WHERE role = 'owner';

CREATE TABLE agent_session (
  id         TEXT PRIMARY KEY,
  agent_id   TEXT NOT NULL REFERENCES agent (id),
  generation BIGINT NOT NULL,
  rotated_at BIGINT NOT NULL,
  user_agent TEXT NOT NULL,
  ip         TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  seen_at    BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  revoked_at BIGINT NOT NULL,
  confirmed_at BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX agent_session_agent ON agent_session (agent_id);
CREATE INDEX agent_session_revoked ON agent_session (revoked_at) WHERE revoked_at > 0;

CREATE TABLE invitation (
  id         TEXT PRIMARY KEY,
  token_hash TEXT NOT NULL UNIQUE,
  email      TEXT NOT NULL,
  role       TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at    BIGINT NOT NULL
) WITHOUT ROWID;

CREATE TABLE person (
  id          TEXT PRIMARY KEY,
  site_id     TEXT NOT NULL REFERENCES site (id),
  name        TEXT NOT NULL,
  email       TEXT NOT NULL,
  verified    BIGINT NOT NULL,
  attributes  TEXT NOT NULL,
  locale      TEXT NOT NULL,
  segment     TEXT NOT NULL,
  created_at  BIGINT NOT NULL,
  merged_into TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX person_merged ON person (merged_into) WHERE merged_into <> '';

-- A merge rewrites only where devices and identities lead; this is the way back.
CREATE TABLE person_merge (
  id         TEXT PRIMARY KEY,
  from_id    TEXT NOT NULL REFERENCES person (id),
  into_id    TEXT NOT NULL REFERENCES person (id),
  devices    TEXT NOT NULL,
  by_id      TEXT NOT NULL,
  at         BIGINT NOT NULL,
  undone_at  BIGINT NOT NULL
) WITHOUT ROWID;

CREATE TABLE identity (
  site_id    TEXT NOT NULL REFERENCES site (id),
  sub        TEXT NOT NULL,
  person_id  TEXT NOT NULL REFERENCES person (id),
  created_at BIGINT NOT NULL,
  PRIMARY KEY (site_id, sub)
) WITHOUT ROWID;
CREATE INDEX identity_person ON identity (person_id);

CREATE TABLE device (
  id         TEXT PRIMARY KEY,
  site_id    TEXT NOT NULL REFERENCES site (id),
  person_id  TEXT NOT NULL REFERENCES person (id),
  created_at BIGINT NOT NULL,
  revoked_at BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX device_person ON device (person_id);

CREATE TABLE device_secret (
  hash       TEXT PRIMARY KEY,
  device_id  TEXT NOT NULL REFERENCES device (id),
  parent     TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  used_at    BIGINT NOT NULL,
  revoked_at BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX device_secret_device ON device_secret (device_id);

CREATE TABLE person_note (
  id        TEXT PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES person (id),
  agent_id  TEXT NOT NULL REFERENCES agent (id),
  text      TEXT NOT NULL,
  at        BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX person_note_person ON person_note (person_id, id);

CREATE TABLE page_view (
  id        TEXT PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES person (id),
  url       TEXT NOT NULL,
  title     TEXT NOT NULL,
  at        BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX page_view_person ON page_view (person_id, id);

CREATE TABLE conversation (
  id                      TEXT PRIMARY KEY,
  site_id                 TEXT NOT NULL REFERENCES site (id),
  person_id               TEXT NOT NULL REFERENCES person (id),
  channel                 TEXT NOT NULL,
  state                   TEXT NOT NULL,
  live                    BIGINT NOT NULL,
  assignee_id             TEXT NOT NULL,
  matter_id               TEXT NOT NULL,
  previous_id             TEXT NOT NULL,
  rank                    BIGINT NOT NULL,
  seq                     BIGINT NOT NULL,
  public_seq              BIGINT NOT NULL,
  started_at              BIGINT NOT NULL,
  last_at                 BIGINT NOT NULL,
  last_by                 TEXT NOT NULL,
  last_kind               TEXT NOT NULL,
  last_text               TEXT NOT NULL,
  waiting_since           BIGINT NOT NULL,
  first_response_at       BIGINT NOT NULL,
  closed_at               BIGINT NOT NULL,
  unread                  BIGINT NOT NULL,
  unread_public           BIGINT NOT NULL,
  person_delivered        BIGINT NOT NULL,
  person_delivered_public BIGINT NOT NULL,
  person_read             BIGINT NOT NULL,
  person_read_public      BIGINT NOT NULL,
  agent_read              BIGINT NOT NULL,
  agent_read_public       BIGINT NOT NULL,
  agent_delivered         BIGINT NOT NULL DEFAULT 0,
  agent_delivered_public  BIGINT NOT NULL DEFAULT 0
) WITHOUT ROWID;
-- One index per list, in the order of the screen.
CREATE INDEX conversation_state ON conversation (site_id, state, rank, id);
CREATE INDEX conversation_live ON conversation (site_id, rank, id) WHERE live = 1;
CREATE INDEX conversation_mine ON conversation (assignee_id, site_id, rank, id) WHERE live = 1;
CREATE INDEX conversation_person ON conversation (person_id, id);

CREATE TABLE conversation_alias (
  alias           TEXT PRIMARY KEY,
  conversation_id TEXT NOT NULL REFERENCES conversation (id)
) WITHOUT ROWID;

CREATE TABLE matter (
  id              TEXT PRIMARY KEY,
  conversation_id TEXT NOT NULL REFERENCES conversation (id),
  number          BIGINT NOT NULL,
  step            TEXT NOT NULL,
  why             TEXT NOT NULL,
  type            TEXT NOT NULL,
  mood            TEXT NOT NULL,
  need            TEXT NOT NULL,
  evidence        TEXT NOT NULL,
  opened_at       BIGINT NOT NULL,
  closed_at       BIGINT NOT NULL,
  UNIQUE (conversation_id, number)
) WITHOUT ROWID;

CREATE TABLE progress (
  id        TEXT PRIMARY KEY,
  matter_id TEXT NOT NULL REFERENCES matter (id),
  what      TEXT NOT NULL,
  from_state TEXT NOT NULL,
  state     TEXT NOT NULL,
  by_kind   TEXT NOT NULL,
  by_id     TEXT NOT NULL,
  cause     TEXT NOT NULL,
  why       TEXT NOT NULL,
  at        BIGINT NOT NULL,
  undone_by TEXT NOT NULL,
  undone_at BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX progress_matter ON progress (matter_id, id);

-- A message's text stands here and nowhere else. Messages and events do not
-- declare their conversation as a foreign key: the writer has it at hand, and the
-- check would cost every message a look-up.
CREATE TABLE message (
  conversation_id TEXT NOT NULL,
  seq             BIGINT NOT NULL,
  public_seq      BIGINT NOT NULL,
  id              TEXT NOT NULL,
  matter_id       TEXT NOT NULL,
  client_id       TEXT NOT NULL,
  kind            TEXT NOT NULL,
  by_kind         TEXT NOT NULL,
  by_id           TEXT NOT NULL,
  text            TEXT NOT NULL,
  template_id     TEXT NOT NULL,
  at              BIGINT NOT NULL,
  PRIMARY KEY (conversation_id, seq)
) WITHOUT ROWID;
-- The promise that nothing is stored twice.
CREATE UNIQUE INDEX message_once ON message (by_id, client_id, conversation_id);

CREATE TABLE event (
  conversation_id TEXT NOT NULL,
  seq             BIGINT NOT NULL,
  public_seq      BIGINT NOT NULL,
  site_id         TEXT NOT NULL,
  site_seq        BIGINT NOT NULL,
  type            TEXT NOT NULL,
  at              BIGINT NOT NULL,
  by_kind         TEXT NOT NULL,
  by_id           TEXT NOT NULL,
  ref             TEXT NOT NULL,
  PRIMARY KEY (conversation_id, seq)
) WITHOUT ROWID;
CREATE UNIQUE INDEX event_site ON event (site_id, site_seq);

CREATE TABLE draft (
  agent_id        TEXT NOT NULL REFERENCES agent (id),
  conversation_id TEXT NOT NULL REFERENCES conversation (id),
  kind            TEXT NOT NULL,
  text            TEXT NOT NULL,
  at              BIGINT NOT NULL,
  PRIMARY KEY (agent_id, conversation_id)
) WITHOUT ROWID;

CREATE TABLE prompt (
  id       TEXT PRIMARY KEY,
  site_id  TEXT NOT NULL REFERENCES site (id),
  key      TEXT NOT NULL,
  step     TEXT NOT NULL,
  text     TEXT NOT NULL,
  help     TEXT NOT NULL,
  evidence TEXT NOT NULL,
  position BIGINT NOT NULL,
  origin   TEXT NOT NULL,
  UNIQUE (site_id, key)
) WITHOUT ROWID;

CREATE TABLE template (
  id         TEXT PRIMARY KEY,
  site_id    TEXT NOT NULL REFERENCES site (id),
  agent_id   TEXT NOT NULL,
  title      TEXT NOT NULL,
  shortcut   TEXT NOT NULL,
  body       TEXT NOT NULL,
  steps      TEXT NOT NULL,
  uses       BIGINT NOT NULL,
  origin     TEXT NOT NULL,
  version    BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  deleted_at BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX template_site ON template (site_id);

CREATE TABLE fact (
  id              TEXT PRIMARY KEY,
  site_id         TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  matter_id       TEXT NOT NULL,
  agent_id        TEXT NOT NULL,
  kind            TEXT NOT NULL,
  value           BIGINT NOT NULL,
  day             TEXT NOT NULL,
  at              BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX fact_day ON fact (site_id, kind, day);

-- Rare, chained by hash, ids only, so that erasing never breaks it.
CREATE TABLE audit (
  number    BIGINT PRIMARY KEY,
  at        BIGINT NOT NULL,
  by_id     TEXT NOT NULL,
  action    TEXT NOT NULL,
  object    TEXT NOT NULL,
  detail    TEXT NOT NULL,
  prev_hash TEXT NOT NULL,
  hash      TEXT NOT NULL
) WITHOUT ROWID;
