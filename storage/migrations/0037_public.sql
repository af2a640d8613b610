-- Whether everybody may read along where a conversation is held: a forum, a review, a post.
ALTER TABLE conversation ADD COLUMN in_public BIGINT NOT NULL DEFAULT 0;
