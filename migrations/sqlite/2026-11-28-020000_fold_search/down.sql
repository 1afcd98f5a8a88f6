DROP INDEX widget_to_fold;
ALTER TABLE widget DROP COLUMN search_revision;
