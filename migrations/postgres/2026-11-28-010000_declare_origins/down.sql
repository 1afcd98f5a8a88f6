ALTER TABLE widget_version DROP COLUMN resources;
