-- What each transaction of several servers has written, so that the others forget what
-- they hold of it. Turns are taken one after the other; old ones go.
CREATE TABLE turn (
  id      BIGINT PRIMARY KEY,
  server  TEXT NOT NULL,
  touched TEXT NOT NULL
) WITHOUT ROWID;
