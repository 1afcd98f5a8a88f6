-- Messages in partitions by id, which begins with the milliseconds at which it was made: an insert touches the indexes of
-- the newest partition alone, however many messages there are. See docs/adr/0009-partitions-of-messages.md.
--
-- The table that is there becomes the first partition, up to the next full hour; no row is rewritten. The service makes
-- the partitions that follow, ahead of time, between it and message_rest, which takes what is later than all of them. No
-- DEFAULT: with one, a conversation could not be read partition by partition, in order, up to the end of a page.
ALTER TABLE message RENAME TO message_first;
ALTER INDEX message_pkey RENAME TO message_first_pkey;
ALTER INDEX message_by_age RENAME TO message_first_sent_at_idx;

CREATE TABLE message (LIKE message_first) PARTITION BY RANGE (id);
ALTER TABLE message ADD PRIMARY KEY (workspace_id, conversation_id, id);
CREATE INDEX message_by_age ON message (sent_at);

-- Attaching reads message_first once, to see that every row belongs there. Those of clocks that are ahead do not: they are
-- moved, and the rest is looked through again.
DO $$
DECLARE
    next_hour bigint := (floor(extract(epoch FROM now()) / 3600)::bigint + 1) * 3600000;
    cut bytea := decode(lpad(to_hex(next_hour), 12, '0'), 'hex');
    attach text := format('ALTER TABLE message ATTACH PARTITION message_first FOR VALUES FROM (MINVALUE) TO (%L)', cut);
BEGIN
    EXECUTE format('CREATE TABLE message_rest PARTITION OF message FOR VALUES FROM (%L) TO (MAXVALUE)', cut);
    BEGIN
        EXECUTE attach;
    EXCEPTION WHEN check_violation THEN
        INSERT INTO message_rest SELECT * FROM message_first WHERE id >= cut;
        DELETE FROM message_first WHERE id >= cut;
        EXECUTE attach;
    END;
END
$$;
