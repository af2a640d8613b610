-- The last number of a site's stream stands in its events already: the only event of
-- an erased conversation that stays is its last. So a message no longer writes it once
-- more, and site_head keeps the counters alone.
ALTER TABLE site_head DROP COLUMN seq;
