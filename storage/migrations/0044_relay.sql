-- Each time a conversation, or a question about it, was passed from one of the team to
-- another: ids and times alone. It outlives its conversation, which gets another id
-- here when it is erased.
CREATE TABLE relay (
  id              TEXT PRIMARY KEY,
  site_id         TEXT NOT NULL REFERENCES site (id),
  conversation_id TEXT NOT NULL,
  kind            TEXT NOT NULL,
  from_id         TEXT NOT NULL, -- who had it or asks, '' for the queue
  to_id           TEXT NOT NULL, -- who is asked or got it, '' for the queue or a whole team
  team_id         TEXT NOT NULL, -- whose members are asked, '' for one colleague
  outcome         TEXT NOT NULL, -- '' while it is open
  why             TEXT NOT NULL,
  waited          BIGINT NOT NULL,
  turn            BIGINT NOT NULL,
  day             TEXT NOT NULL,
  at              BIGINT NOT NULL,
  ended_at        BIGINT NOT NULL
) WITHOUT ROWID;
-- All that the figures of some days are made of.
CREATE INDEX relay_day ON relay (site_id, day, kind, outcome, why, from_id, to_id, waited);
CREATE INDEX relay_far ON relay (site_id, day, conversation_id, at) WHERE turn >= 2;
CREATE INDEX relay_conversation ON relay (conversation_id);
