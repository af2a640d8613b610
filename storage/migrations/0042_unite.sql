-- The conversation of the same customer that this one goes on in, '' for none.
ALTER TABLE conversation ADD COLUMN merged_into TEXT NOT NULL DEFAULT '';
