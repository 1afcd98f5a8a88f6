-- How many requests of a key were counted in its window: at most a row for each key and class, which the first request
-- after the window's end resets, so nothing has to be cleaned up.
--
-- Rows are updated often and no column of theirs but the primary key is indexed: half of each page is left free, so that a
-- new version of a row fits next to the old one, without a new entry in the index.
CREATE TABLE rate_window (
    workspace_id text   COLLATE "C" NOT NULL,
    api_key_id   bytea  NOT NULL,
    class        text   COLLATE "C" NOT NULL,
    began_at     bigint NOT NULL,
    ends_at      bigint NOT NULL,
    used         bigint NOT NULL, -- those that were refused too
    PRIMARY KEY (workspace_id, api_key_id, class)
) WITH (fillfactor = 50);
