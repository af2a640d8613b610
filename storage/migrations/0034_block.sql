-- Since when no message of a customer is taken, 0 for one who may write.
ALTER TABLE person ADD COLUMN blocked_at BIGINT NOT NULL DEFAULT 0;
