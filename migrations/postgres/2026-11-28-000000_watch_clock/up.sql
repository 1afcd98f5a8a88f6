-- The last look at the clock, and from when on it may be gone by for deletions: one row, of a workspace that is no caller's.
CREATE TABLE clock_reading (
    workspace_id text   COLLATE "C" NOT NULL,
    seen_at      bigint NOT NULL,
    deletes_from bigint NOT NULL,
    PRIMARY KEY (workspace_id)
);
