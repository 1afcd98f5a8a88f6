//! Properties of the migrated schema.

use diesel::{
    prelude::*,
    sql_query,
    sql_types::{Integer, Text},
};

use crate::fixture::Place;

#[derive(QueryableByName, Debug)]
struct Leading {
    #[diesel(sql_type = Text)]
    place: String,
    #[diesel(sql_type = Text)]
    column_name: String,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = Integer)]
    count: i32,
}

async fn leading_columns(query: &str) -> Vec<Leading> {
    let place = Place::new();
    let _store = place.store().await;
    sql_query(query).load(&mut place.connection()).unwrap()
}

#[tokio::test]
async fn every_primary_key_and_unique_index_begins_with_the_workspace() {
    let leading = leading_columns(
        "SELECT t.name || '.' || i.name AS place, c.name AS column_name
         FROM sqlite_schema t JOIN pragma_index_list(t.name) i JOIN pragma_index_info(i.name) c
         WHERE t.type = 'table' AND t.name NOT LIKE '\\_\\_diesel%' ESCAPE '\\' AND i.\"unique\" AND c.seqno = 0
         UNION ALL
         SELECT t.name || '.primary key', c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c
         WHERE t.type = 'table' AND t.name NOT LIKE '\\_\\_diesel%' ESCAPE '\\' AND c.pk = 1",
    )
    .await;
    // The primary keys of nine tables, an implicit index for each, and two unique indexes.
    assert!(leading.len() >= 9 + 9 + 2, "{leading:?}");
    for Leading { place, column_name } in leading {
        assert_eq!(column_name, "workspace_id", "{place}");
    }
}

#[tokio::test]
async fn every_foreign_key_begins_with_the_workspace() {
    let leading = leading_columns(
        "SELECT t.name AS place, f.\"from\" || ' -> ' || f.\"to\" AS column_name
         FROM sqlite_schema t JOIN pragma_foreign_key_list(t.name) f WHERE t.type = 'table' AND f.seq = 0",
    )
    .await;
    assert_eq!(leading.len(), 3, "{leading:?}");
    for Leading { place, column_name } in leading {
        assert_eq!(column_name, "workspace_id -> workspace_id", "{place}");
    }
}

#[tokio::test]
async fn there_are_no_triggers_and_every_table_is_strict() {
    let place = Place::new();
    let _store = place.store().await;
    let connection = &mut place.connection();
    let triggers = sql_query("SELECT count(*) AS count FROM sqlite_schema WHERE type = 'trigger'");
    assert_eq!(triggers.get_result::<Count>(connection).unwrap().count, 0);
    let loose = sql_query(
        "SELECT count(*) AS count FROM pragma_table_list
         WHERE schema = 'main' AND NOT strict AND name NOT IN ('__diesel_schema_migrations', 'sqlite_schema')",
    );
    assert_eq!(loose.get_result::<Count>(connection).unwrap().count, 0);
}
