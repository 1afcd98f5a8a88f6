-- What a version loads from other origins: a JSON object of lists of origins, or NULL for nothing.
ALTER TABLE widget_version ADD COLUMN resources TEXT;
