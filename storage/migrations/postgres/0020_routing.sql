-- What an agent has said of themselves: they keep it over reloads, restarts and
-- devices. Nothing of customers stands in it.
CREATE TABLE agent_status (
  agent_id     TEXT PRIMARY KEY REFERENCES agent (id),
  status       TEXT NOT NULL,
  reason       TEXT NOT NULL,
  auto         BIGINT NOT NULL,
  no_new_until BIGINT NOT NULL,
  wrap_until   BIGINT NOT NULL,
  at           BIGINT NOT NULL
);
