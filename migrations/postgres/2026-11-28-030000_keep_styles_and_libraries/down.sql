-- Modules that need what is dropped here. Those of later requests are compiled again.
DELETE FROM widget_module WHERE library_set IS NOT NULL OR stylesheet_digest IS NOT NULL;
DROP TABLE library_file;
DROP INDEX widget_module_by_stylesheet;
ALTER TABLE widget_module DROP COLUMN stylesheet;
ALTER TABLE widget_module DROP COLUMN imports;
ALTER TABLE widget_module DROP COLUMN stylesheet_digest;
ALTER TABLE widget_module DROP COLUMN load_bytes;
ALTER TABLE widget_module DROP COLUMN library_set;
ALTER TABLE widget_version DROP COLUMN styles;
ALTER TABLE widget_version DROP COLUMN language;
