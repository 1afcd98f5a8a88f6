-- Nothing: requests are counted in the memory of the only process that serves from this file. PostgreSQL, which many
-- processes share, gets a table.
SELECT 1;
