-- The revision of the widget that search_text was folded for. Only the service can fold, so no migration rewrites the column:
-- the service rewrites it where this revision is not the widget's. That is so in rows from before this migration, and in those
-- that an older process of the service has written since.
ALTER TABLE widget ADD COLUMN search_revision bigint NOT NULL DEFAULT 0;
-- Empty, except while rows are waiting.
CREATE INDEX widget_to_fold ON widget (workspace_id, id) WHERE search_revision <> revision AND deleted_at IS NULL;
