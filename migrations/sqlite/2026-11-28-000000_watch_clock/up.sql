-- The last look at the clock, and from when on it may be gone by for deletions: one row, of a workspace that is no caller's.
CREATE TABLE clock_reading (
    workspace_id TEXT    NOT NULL,
    seen_at      INTEGER NOT NULL,
    deletes_from INTEGER NOT NULL,
    PRIMARY KEY (workspace_id)
) STRICT, WITHOUT ROWID;
