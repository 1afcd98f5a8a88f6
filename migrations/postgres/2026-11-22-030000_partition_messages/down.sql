-- The first partition becomes the table again, and takes the rows of all others: that is a rewrite of those.
DO $$
DECLARE
    retired regclass;
BEGIN
    IF to_regclass('message_first') IS NULL THEN -- retention dropped it
        CREATE TABLE message_first (LIKE message INCLUDING ALL);
    ELSE
        ALTER TABLE message DETACH PARTITION message_first;
    END IF;
    -- What retention took out and did not come to drop.
    FOR retired IN
        SELECT oid FROM pg_class WHERE relname LIKE 'retired\_message\_%' AND relkind = 'r' AND NOT relispartition
            AND relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = 'message'::regclass)
    LOOP
        EXECUTE format('DROP TABLE %s', retired);
    END LOOP;
END
$$;

INSERT INTO message_first SELECT * FROM message;
DROP TABLE message;
ALTER TABLE message_first RENAME TO message;
ALTER INDEX message_first_pkey RENAME TO message_pkey;
ALTER INDEX message_first_sent_at_idx RENAME TO message_by_age;
