-- pg_trgm stays: others may use it.
DROP TABLE idempotency;
DROP TABLE message;
DROP TABLE peer_widget;
DROP TABLE widget_tag;
DROP TABLE widget_version;
DROP TABLE widget;
DROP TABLE api_key;
