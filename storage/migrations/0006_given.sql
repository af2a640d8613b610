-- Whether a signed customer's name and address are only what somebody typed: 1 where the token said none.
ALTER TABLE person ADD COLUMN name_given BIGINT NOT NULL DEFAULT 0;
ALTER TABLE person ADD COLUMN email_given BIGINT NOT NULL DEFAULT 0;
