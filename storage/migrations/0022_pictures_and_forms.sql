-- What stands for a site at the top of its chat, drawn anew when it came: a PNG in
-- base64, under its checksum. Not about anybody, so erasing a person leaves it.
CREATE TABLE site_picture (
  site_id    TEXT NOT NULL REFERENCES site (id),
  name       TEXT NOT NULL,
  png        TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (site_id, name)
) WITHOUT ROWID;

-- Who answered the form before a first message, which form that was, what they
-- agreed to and when. What they wrote stands in their profile. Erasing a person
-- deletes their rows; after a merge those of both profiles count.
CREATE TABLE form_answer (
  person_id TEXT NOT NULL REFERENCES person (id),
  form      TEXT NOT NULL,
  consent   TEXT NOT NULL,
  link      TEXT NOT NULL,
  at        BIGINT NOT NULL,
  PRIMARY KEY (person_id, form)
) WITHOUT ROWID;
