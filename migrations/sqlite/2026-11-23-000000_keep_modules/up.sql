-- The modules that browsers load to render a version. A module is stored with its version; for versions from before this
-- table, when it is first requested. Not in widget_version, which is read for every message that is sent.
CREATE TABLE widget_module (
    workspace_id      TEXT    NOT NULL,
    widget_id         BLOB    NOT NULL,
    version           INTEGER NOT NULL,
    digest            BLOB    NOT NULL, -- SHA-256 of code
    source_map_digest BLOB    NOT NULL, -- SHA-256 of source_map
    code              TEXT    NOT NULL,
    source_map        TEXT    NOT NULL,
    PRIMARY KEY (workspace_id, widget_id, version),
    FOREIGN KEY (workspace_id, widget_id, version) REFERENCES widget_version (workspace_id, widget_id, version)
) STRICT;

-- A browser brings a digest and no workspace. Not unique: versions may have the same module, in one workspace and in many.
CREATE INDEX widget_module_by_digest ON widget_module (digest);
CREATE INDEX widget_module_by_source_map ON widget_module (source_map_digest);
