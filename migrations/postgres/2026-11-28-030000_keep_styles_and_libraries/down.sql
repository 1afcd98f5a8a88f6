DROP TABLE library_file;
DROP INDEX widget_module_by_stylesheet;
ALTER TABLE widget_module DROP COLUMN stylesheet;
ALTER TABLE widget_module DROP COLUMN imports;
ALTER TABLE widget_module DROP COLUMN stylesheet_digest;
ALTER TABLE widget_module DROP COLUMN load_bytes;
ALTER TABLE widget_module DROP COLUMN library_set;
ALTER TABLE widget_version DROP COLUMN styles;
ALTER TABLE widget_version DROP COLUMN language;
