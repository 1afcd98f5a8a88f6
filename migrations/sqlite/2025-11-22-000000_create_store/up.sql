-- Every primary key, unique index and foreign key begins with workspace_id, so that the same model can be distributed by
-- it. No triggers: what happens is in the code that does it.
--
-- Ids are the 16 bytes of a UUIDv7, so they sort bytewise by the time they were made. Times are microseconds of UTC.
-- Documents (schema, data, default_props) are the text they were sent as.
--
-- Small rows are kept in the tree of their primary key (WITHOUT ROWID); large ones are not, since an inner node of such a
-- tree holds whole rows.

CREATE TABLE api_key (
    workspace_id TEXT    NOT NULL,
    id           BLOB    NOT NULL,
    hash         BLOB    NOT NULL, -- SHA-256 of the key
    user_id      TEXT    NOT NULL,
    permissions  TEXT    NOT NULL,
    created_at   INTEGER NOT NULL,
    revoked_at   INTEGER,
    PRIMARY KEY (workspace_id, id)
) STRICT, WITHOUT ROWID;

-- A request brings a key and no workspace. Not unique: uniqueness would have to begin with the workspace, and 128 random
-- bits do not meet.
CREATE INDEX api_key_by_hash ON api_key (hash);

-- Also holds the pre-built widgets, in a separate workspace. Schema and component are in widget_version, so that
-- lists do not read past them; the longest columns stand last for the same reason.
CREATE TABLE widget (
    workspace_id TEXT    NOT NULL,
    id           BLOB    NOT NULL,
    key          TEXT    NOT NULL,
    category     TEXT    NOT NULL,
    version      INTEGER NOT NULL,
    revision     INTEGER NOT NULL,
    created_by   TEXT    NOT NULL,
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL,
    deleted_at   INTEGER,
    name         TEXT    NOT NULL,
    tags         TEXT    NOT NULL, -- a JSON array, in the order in which they were sent
    search_text  TEXT    NOT NULL, -- name, description and tags in lower case
    description  TEXT    NOT NULL,
    PRIMARY KEY (workspace_id, id)
) STRICT;

-- The key of a deleted widget is free again.
CREATE UNIQUE INDEX widget_key ON widget (workspace_id, key) WHERE deleted_at IS NULL;
-- For lists. Not partial ones: SQLite takes a partial index for one that does not cover a count (0.48 ms instead of 0.32
-- over 10,000 widgets) and prefers the primary key to it where both fit.
CREATE INDEX widget_by_id ON widget (workspace_id, deleted_at, id);
CREATE INDEX widget_by_category ON widget (workspace_id, category, deleted_at, id);

-- Never deleted and never changed: messages are rendered with the version they were sent with.
CREATE TABLE widget_version (
    workspace_id  TEXT    NOT NULL,
    widget_id     BLOB    NOT NULL,
    version       INTEGER NOT NULL,
    schema_digest BLOB    NOT NULL, -- SHA-256 of schema
    created_at    INTEGER NOT NULL,
    schema        TEXT    NOT NULL,
    component     TEXT    NOT NULL,
    PRIMARY KEY (workspace_id, widget_id, version),
    FOREIGN KEY (workspace_id, widget_id) REFERENCES widget (workspace_id, id)
) STRICT;

-- The tags of widgets that are not deleted, for filtering.
CREATE TABLE widget_tag (
    workspace_id TEXT NOT NULL,
    tag          TEXT NOT NULL,
    widget_id    BLOB NOT NULL,
    PRIMARY KEY (workspace_id, tag, widget_id),
    FOREIGN KEY (workspace_id, widget_id) REFERENCES widget (workspace_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX widget_tag_by_widget ON widget_tag (workspace_id, widget_id);

-- No foreign key to widget: a pre-built one lives in another workspace. The transaction that binds looks whether the
-- widget is there, the one that deletes looks whether it is bound, and only one writes at a time.
CREATE TABLE peer_widget (
    workspace_id      TEXT    NOT NULL,
    id                BLOB    NOT NULL,
    peer_id           TEXT    NOT NULL,
    widget_id         BLOB    NOT NULL,
    enabled           INTEGER NOT NULL,
    allow_custom_data INTEGER,
    added_at          INTEGER NOT NULL,
    default_props     TEXT,
    PRIMARY KEY (workspace_id, id)
) STRICT;

CREATE UNIQUE INDEX peer_widget_once ON peer_widget (workspace_id, peer_id, widget_id);
CREATE INDEX peer_widget_by_widget ON peer_widget (workspace_id, widget_id, peer_id);

-- No foreign key to widget_version: on the busiest table it cost 22 % of the inserts, and versions are never deleted, so
-- there is nothing that it would prevent.
--
-- With a rowid, since rows are large: in the tree of the primary key, batches of 64 were half as fast (rows of 400 bytes:
-- 15,600 against 34,500 a second; of 8,000 bytes: 5,700 against 12,100) and single inserts no faster.
CREATE TABLE message (
    workspace_id    TEXT    NOT NULL,
    conversation_id TEXT    NOT NULL,
    id              BLOB    NOT NULL,
    peer_id         TEXT,
    widget_id       BLOB    NOT NULL,
    widget_version  INTEGER NOT NULL,
    widget_key      TEXT    NOT NULL, -- at the time of sending
    sent_by         TEXT    NOT NULL,
    sent_at         INTEGER NOT NULL,
    text            TEXT,
    data            TEXT    NOT NULL,
    PRIMARY KEY (workspace_id, conversation_id, id)
) STRICT;

-- What requests with an Idempotency-Key made, for 24 hours.
CREATE TABLE idempotency (
    workspace_id TEXT    NOT NULL,
    api_key_id   BLOB    NOT NULL,
    key          TEXT    NOT NULL,
    fingerprint  BLOB    NOT NULL, -- SHA-256 of the request
    made_at      INTEGER NOT NULL,
    made         TEXT    NOT NULL, -- JSON: what the request is answered with again, as far as no other row keeps it
    PRIMARY KEY (workspace_id, api_key_id, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX idempotency_by_age ON idempotency (made_at);
