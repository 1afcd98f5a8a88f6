-- Nothing here: PostgreSQL gets partitions of message by time. SQLite has none, and needs them less: one process writes
-- one file, which is cached by the operating system and outgrows a machine before it outgrows its index.
SELECT 1;
