-- For pgbench: the row that a sent message becomes, a transaction each. Like a UUIDv7, the id has 16 bytes, the
-- milliseconds of its time first. What the statement computes is cheap, so that it is the row that is measured.
\set conversation random(0, 999)
\set random random(1, 9223372036854775807)
INSERT INTO message
  (workspace_id, conversation_id, id, peer_id, widget_id, widget_version, widget_key, sent_by, sent_at, text, data)
VALUES (
  :workspace,
  concat('conv_', CAST(:conversation AS integer)),
  int8send(CAST(date_part('epoch', now()) * 1e3 AS bigint) << 16) || int8send(:random),
  NULL, :widget, :version, :key, :user,
  CAST(date_part('epoch', now()) * 1e6 AS bigint),
  :text, :data
);
