-- The first partition becomes the table again, and takes the rows of all others: that is a rewrite of those.
ALTER TABLE message DETACH PARTITION message_first;

-- What retention took out and did not come to drop.
DO $$
DECLARE
    retired regclass;
BEGIN
    FOR retired IN
        SELECT oid FROM pg_class WHERE relname LIKE 'retired\_message\_%' AND relkind = 'r'
            AND relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = 'message'::regclass)
    LOOP
        EXECUTE format('DROP TABLE %s', retired);
    END LOOP;
END
$$;

INSERT INTO message_first SELECT * FROM message;
DROP TABLE message;
ALTER TABLE message_first RENAME TO message;
-- If retention has replaced the first partition, the names of its indexes are those that were free then.
DO $$
DECLARE
    index record;
BEGIN
    FOR index IN SELECT indexrelid::regclass AS name, indisprimary FROM pg_index WHERE indrelid = 'message'::regclass
    LOOP
        EXECUTE format('ALTER INDEX %s RENAME TO %I', index.name,
            CASE WHEN index.indisprimary THEN 'message_pkey' ELSE 'message_by_age' END);
    END LOOP;
END
$$;
