//! Properties of the migrated schema.

use diesel::{QueryableByName, sql_query, sql_types::Text};
use diesel_async::RunQueryDsl;

use super::fixture::{connection, migrated};

#[derive(QueryableByName, Debug)]
struct Place {
    #[diesel(sql_type = Text)]
    place: String,
    #[diesel(sql_type = Text)]
    what: String,
}

async fn rows(query: &str) -> Vec<Place> {
    let database = migrated().await;
    sql_query(query).load(&mut connection(&database).await).await.unwrap()
}

#[tokio::test]
async fn every_primary_key_and_unique_index_begins_with_the_workspace() {
    let leading = rows(
        "SELECT i.indexrelid::regclass::text AS place, a.attname::text AS what
         FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
         JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = i.indkey[0]
         WHERE i.indisunique AND t.relnamespace = 'public'::regnamespace AND t.relname <> '__diesel_schema_migrations'",
    )
    .await;
    let expected = 11 + 2 + 2; // eleven tables, two partitions, and two unique indexes besides their primary keys
    assert_eq!(leading.len(), expected, "{leading:?}");
    for Place { place, what } in leading {
        assert_eq!(what, "workspace_id", "{place}");
    }
}

/// No query scans a whole partition.
#[tokio::test]
async fn every_partition_has_the_indexes_of_the_table() {
    let indexes = rows(
        "SELECT inhrelid::regclass::text AS place, string_agg(pg_get_indexdef(i.indexrelid), '; ' ORDER BY i.indexrelid) AS what
         FROM pg_inherits JOIN pg_index i ON i.indrelid = inhrelid AND i.indisvalid
         WHERE inhparent = 'message'::regclass GROUP BY 1",
    )
    .await;
    assert_eq!(indexes.len(), 2, "{indexes:?}");
    for Place { place, what } in indexes {
        assert!(what.contains("USING btree (workspace_id, conversation_id, id)"), "{place}: {what}");
        assert!(what.contains("USING btree (sent_at)"), "{place}: {what}");
    }
}

#[tokio::test]
async fn every_foreign_key_begins_with_the_workspace() {
    let leading = rows(
        "SELECT c.conname::text AS place, a.attname || ' -> ' || r.attname AS what FROM pg_constraint c
         JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
         JOIN pg_attribute r ON r.attrelid = c.confrelid AND r.attnum = c.confkey[1]
         WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace",
    )
    .await;
    assert_eq!(leading.len(), 3, "{leading:?}");
    for Place { place, what } in leading {
        assert_eq!(what, "workspace_id -> workspace_id", "{place}");
    }
}

#[tokio::test]
async fn there_are_no_triggers() {
    let triggers =
        rows("SELECT tgrelid::regclass::text AS place, tgname::text AS what FROM pg_trigger WHERE NOT tgisinternal")
            .await;
    assert!(triggers.is_empty(), "{triggers:?}");
}

#[tokio::test]
async fn text_compares_bytewise() {
    let loose = rows(
        "SELECT table_name || '.' || column_name AS place, coalesce(collation_name, '(default)')::text AS what
         FROM information_schema.columns
         WHERE table_schema = 'public' AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'
           AND table_name <> '__diesel_schema_migrations'",
    )
    .await;
    assert!(loose.is_empty(), "{loose:?}");
}
