-- Replies that started from a template, and what came after each. No agent is
-- named: it tells how well words work.
CREATE TABLE template_use (
  conversation_id TEXT NOT NULL REFERENCES conversation (id),
  seq             BIGINT NOT NULL,
  site_id         TEXT NOT NULL,
  matter_id       TEXT NOT NULL,
  template_id     TEXT NOT NULL REFERENCES template (id),
  version         BIGINT NOT NULL,
  reworded        BIGINT NOT NULL,
  ended           BIGINT NOT NULL,
  answered        BIGINT NOT NULL,
  accepted        BIGINT NOT NULL,
  reopened        BIGINT NOT NULL,
  solved          TEXT NOT NULL,
  past            BIGINT NOT NULL,
  at              BIGINT NOT NULL,
  PRIMARY KEY (conversation_id, seq, template_id)
) WITHOUT ROWID;

-- The sums of them, kept: one row for replies that kept a template's words, one for
-- those that changed them.
CREATE TABLE template_outcome (
  template_id TEXT NOT NULL REFERENCES template (id),
  reworded    BIGINT NOT NULL,
  uses        BIGINT NOT NULL,
  ended       BIGINT NOT NULL,
  answered    BIGINT NOT NULL,
  accepted    BIGINT NOT NULL,
  reopened    BIGINT NOT NULL,
  solved      BIGINT NOT NULL,
  unsolved    BIGINT NOT NULL,
  PRIMARY KEY (template_id, reworded)
) WITHOUT ROWID;
