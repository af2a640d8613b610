-- How many conversations a person answers at once, in which languages, and when: JSON.
ALTER TABLE agent ADD COLUMN work TEXT NOT NULL DEFAULT '{}';

-- Who answers whom. Nothing here is about a customer, so that erasing one leaves it.
CREATE TABLE team (
  id      TEXT PRIMARY KEY,
  name    TEXT NOT NULL,
  skills  TEXT NOT NULL,
  made_at BIGINT NOT NULL
) WITHOUT ROWID;

CREATE TABLE team_member (
  team_id  TEXT NOT NULL REFERENCES team (id),
  agent_id TEXT NOT NULL REFERENCES agent (id),
  PRIMARY KEY (team_id, agent_id)
) WITHOUT ROWID;
CREATE INDEX team_member_agent ON team_member (agent_id);
-- Whom somebody joins who is invited.
ALTER TABLE invitation ADD COLUMN teams TEXT NOT NULL DEFAULT '[]';

-- Roles beside the four that every installation has: permissions as JSON. An agent
-- or an invitation has the id of one where it has the name of one of the four.
CREATE TABLE agent_role (
  id          TEXT PRIMARY KEY,
  name        TEXT NOT NULL,
  permissions TEXT NOT NULL,
  made_at     BIGINT NOT NULL
) WITHOUT ROWID;

-- What somebody signs in with beside their password: a sealed secret, on since when
-- (0: not yet), and the half minute of the last code that was taken.
CREATE TABLE second_step (
  agent_id  TEXT PRIMARY KEY REFERENCES agent (id),
  sealed    TEXT NOT NULL,
  on_at     BIGINT NOT NULL,
  last_step BIGINT NOT NULL
) WITHOUT ROWID;

-- Hashes of recovery codes; one that was used is gone.
CREATE TABLE recovery_code (
  agent_id TEXT NOT NULL REFERENCES agent (id),
  hash     TEXT NOT NULL,
  PRIMARY KEY (agent_id, hash)
) WITHOUT ROWID;

-- Whose template it is: '' for everybody's and for a personal one.
ALTER TABLE template ADD COLUMN team_id TEXT NOT NULL DEFAULT '';
CREATE INDEX template_team ON template (team_id) WHERE team_id <> '';
