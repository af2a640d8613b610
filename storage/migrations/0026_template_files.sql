-- The files that a version of a template kept: their ids, with spaces between. No
-- customer's: erasing a person leaves them.
ALTER TABLE template_version ADD COLUMN files TEXT NOT NULL DEFAULT '';
