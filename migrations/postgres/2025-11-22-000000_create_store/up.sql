-- Every primary key, unique index and foreign key begins with workspace_id, so that the same model can be distributed by
-- it. No triggers: what happens is in the code that does it.
--
-- Ids are the 16 bytes of a UUIDv7, so they sort bytewise by the time they were made. Times are microseconds of UTC.
-- Documents (schema, data, default_props) are the text they were sent as: jsonb would lose the order of members and the
-- digits of numbers, and refuses "\u0000".
--
-- Text compares bytewise (COLLATE "C"), as it does in SQLite: the same order everywhere, and an operating system whose
-- collations change with an upgrade does not damage the indexes.

CREATE TABLE api_key (
    workspace_id text   COLLATE "C" NOT NULL,
    id           bytea  NOT NULL,
    hash         bytea  NOT NULL, -- SHA-256 of the key
    user_id      text   COLLATE "C" NOT NULL,
    permissions  text   COLLATE "C" NOT NULL,
    created_at   bigint NOT NULL,
    revoked_at   bigint,
    PRIMARY KEY (workspace_id, id)
);

-- A request brings a key and no workspace. Not unique: uniqueness would have to begin with the workspace, and 128 random
-- bits do not meet.
CREATE INDEX api_key_by_hash ON api_key (hash);

-- Also holds the pre-built widgets, in a separate workspace. Schema and component are in widget_version, so that
-- lists do not read past them.
CREATE TABLE widget (
    workspace_id text   COLLATE "C" NOT NULL,
    id           bytea  NOT NULL,
    key          text   COLLATE "C" NOT NULL,
    category     text   COLLATE "C" NOT NULL,
    version      bigint NOT NULL,
    revision     bigint NOT NULL,
    created_by   text   COLLATE "C" NOT NULL,
    created_at   bigint NOT NULL,
    updated_at   bigint NOT NULL,
    deleted_at   bigint,
    name         text   COLLATE "C" NOT NULL,
    tags         text   COLLATE "C" NOT NULL, -- a JSON array, in the order in which they were sent
    search_text  text   COLLATE "C" NOT NULL, -- name, description and tags in lower case
    description  text   COLLATE "C" NOT NULL,
    PRIMARY KEY (workspace_id, id)
);

-- The key of a deleted widget is free again.
CREATE UNIQUE INDEX widget_key ON widget (workspace_id, key) WHERE deleted_at IS NULL;
-- For lists and their counts.
CREATE INDEX widget_by_id ON widget (workspace_id, id) WHERE deleted_at IS NULL;
CREATE INDEX widget_by_category ON widget (workspace_id, category, id) WHERE deleted_at IS NULL;

-- For searches, which look for a part of a word. pg_trgm comes with PostgreSQL but may not be installed, or not be for
-- this user to create; then searches read all widgets of the workspace. A database that gets it later can be given this
-- index by hand.
DO $$
BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    CREATE INDEX widget_by_search ON widget USING gin (search_text gin_trgm_ops) WHERE deleted_at IS NULL;
EXCEPTION
    WHEN insufficient_privilege OR undefined_file OR feature_not_supported OR undefined_object OR invalid_schema_name THEN
        RAISE NOTICE 'widgets are searched without an index: %', SQLERRM;
END
$$;

-- Never deleted and never changed: messages are rendered with the version they were sent with.
CREATE TABLE widget_version (
    workspace_id  text   COLLATE "C" NOT NULL,
    widget_id     bytea  NOT NULL,
    version       bigint NOT NULL,
    schema_digest bytea  NOT NULL, -- SHA-256 of schema
    created_at    bigint NOT NULL,
    schema        text   COLLATE "C" NOT NULL,
    component     text   COLLATE "C" NOT NULL,
    PRIMARY KEY (workspace_id, widget_id, version),
    FOREIGN KEY (workspace_id, widget_id) REFERENCES widget (workspace_id, id)
);

-- The tags of widgets that are not deleted, for filtering.
CREATE TABLE widget_tag (
    workspace_id text  COLLATE "C" NOT NULL,
    tag          text  COLLATE "C" NOT NULL,
    widget_id    bytea NOT NULL,
    PRIMARY KEY (workspace_id, tag, widget_id),
    FOREIGN KEY (workspace_id, widget_id) REFERENCES widget (workspace_id, id)
);

CREATE INDEX widget_tag_by_widget ON widget_tag (workspace_id, widget_id);

-- No foreign key to widget: a pre-built one lives in another workspace. The transaction that binds and the one that
-- deletes lock the widget's row before they look at each other's work.
CREATE TABLE peer_widget (
    workspace_id      text    COLLATE "C" NOT NULL,
    id                bytea   NOT NULL,
    peer_id           text    COLLATE "C" NOT NULL,
    widget_id         bytea   NOT NULL,
    enabled           boolean NOT NULL,
    allow_custom_data boolean,
    added_at          bigint  NOT NULL,
    default_props     text    COLLATE "C",
    PRIMARY KEY (workspace_id, id)
);

CREATE UNIQUE INDEX peer_widget_once ON peer_widget (workspace_id, peer_id, widget_id);
CREATE INDEX peer_widget_by_widget ON peer_widget (workspace_id, widget_id, peer_id);

-- No foreign key to widget_version: on the busiest table it cost 22 % of the inserts, and versions are never deleted, so
-- there is nothing that it would prevent.
CREATE TABLE message (
    workspace_id    text   COLLATE "C" NOT NULL,
    conversation_id text   COLLATE "C" NOT NULL,
    id              bytea  NOT NULL,
    peer_id         text   COLLATE "C",
    widget_id       bytea  NOT NULL,
    widget_version  bigint NOT NULL,
    widget_key      text   COLLATE "C" NOT NULL, -- at the time of sending
    sent_by         text   COLLATE "C" NOT NULL,
    sent_at         bigint NOT NULL,
    text            text   COLLATE "C",
    data            text   COLLATE "C" NOT NULL,
    PRIMARY KEY (workspace_id, conversation_id, id)
);

-- What requests with an Idempotency-Key made, for 24 hours.
CREATE TABLE idempotency (
    workspace_id text   COLLATE "C" NOT NULL,
    api_key_id   bytea  NOT NULL,
    key          text   COLLATE "C" NOT NULL,
    fingerprint  bytea  NOT NULL, -- SHA-256 of the request
    made_at      bigint NOT NULL,
    made         text   COLLATE "C" NOT NULL, -- JSON: what the request is answered with again, as far as no other row keeps it
    PRIMARY KEY (workspace_id, api_key_id, key)
);

CREATE INDEX idempotency_by_age ON idempotency (made_at);
