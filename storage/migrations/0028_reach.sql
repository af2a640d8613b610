-- Browsers of agents that are told of who waits while no console is open. Where to,
-- and the keys of what they are told, are sealed: whoever had them could write to
-- somebody's phone. A browser is told as long as it is signed in. Nothing of
-- customers stands in it.
CREATE TABLE push_device (
  id            TEXT PRIMARY KEY,
  agent_id      TEXT NOT NULL REFERENCES agent (id),
  session_id    TEXT NOT NULL,
  endpoint_hash TEXT NOT NULL UNIQUE,
  sealed        TEXT NOT NULL,
  user_agent    TEXT NOT NULL,
  created_at    BIGINT NOT NULL,
  reached_at    BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX push_device_agent ON push_device (agent_id);

-- How an agent is reached then. Quiet hours are minutes of the day in their zone.
CREATE TABLE agent_reach (
  agent_id TEXT PRIMARY KEY REFERENCES agent (id),
  mail     BIGINT NOT NULL,
  quiet    BIGINT NOT NULL,
  begins   BIGINT NOT NULL,
  ends     BIGINT NOT NULL,
  zone     TEXT NOT NULL
) WITHOUT ROWID;
