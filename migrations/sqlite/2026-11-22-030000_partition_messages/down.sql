SELECT 1; -- up.sql made nothing
