-- The language of the component ('tsx'; NULL: jsx), and whether it is styled with Tailwind CSS ('tailwind', 'none'; NULL: auto).
ALTER TABLE widget_version ADD COLUMN language text COLLATE "C";
ALTER TABLE widget_version ADD COLUMN styles text COLLATE "C";

-- The number of the library set that the module imports files of, or NULL.
ALTER TABLE widget_module ADD COLUMN library_set bigint;
-- What a browser loads for the version, in bytes with gzip; NULL for modules from before this migration.
ALTER TABLE widget_module ADD COLUMN load_bytes bigint;
-- SHA-256 of stylesheet, or NULL without one.
ALTER TABLE widget_module ADD COLUMN stylesheet_digest bytea;
-- What the component imports: a JSON array of strings; NULL for modules from before this migration.
ALTER TABLE widget_module ADD COLUMN imports text COLLATE "C";
ALTER TABLE widget_module ADD COLUMN stylesheet text COLLATE "C";

CREATE INDEX widget_module_by_stylesheet ON widget_module (stylesheet_digest) WHERE stylesheet_digest IS NOT NULL;

-- The files of libraries that modules import, each stored when the first version that needs it is saved. All workspaces share them:
-- workspace_id is that of what comes with the service.
CREATE TABLE library_file (
    workspace_id text COLLATE "C" NOT NULL,
    digest       bytea NOT NULL, -- SHA-256 of code
    code         text COLLATE "C" NOT NULL,
    PRIMARY KEY (workspace_id, digest)
);
