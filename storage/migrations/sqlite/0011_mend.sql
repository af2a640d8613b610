-- A customer's conversations in the order in which they began: ids are made by
-- clients, whose clocks may be anything.
DROP INDEX conversation_person;
CREATE INDEX conversation_person ON conversation (person_id, started_at, id);
