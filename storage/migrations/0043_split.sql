-- Kept for the splitting of conversations.
SELECT 1;
