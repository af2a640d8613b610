-- How often customers still came with an identity secret that is on its way out, and
-- when last. Nobody's name stands with it.
ALTER TABLE identity_secret ADD COLUMN uses BIGINT NOT NULL DEFAULT 0;
ALTER TABLE identity_secret ADD COLUMN used_at BIGINT NOT NULL DEFAULT 0;
