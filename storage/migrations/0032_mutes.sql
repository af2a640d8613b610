-- What an agent is not called for: words such as mention.sound, with spaces between.
ALTER TABLE agent_reach ADD COLUMN mutes TEXT NOT NULL DEFAULT '';
