//! A database whose owner may not create the extension `pg_trgm`.

use diesel::{QueryableByName, sql_query, sql_types::BigInt};
use diesel_async::{RunQueryDsl, SimpleAsyncConnection as _};
use port_contract::{Stores, widget_list};
use test_postgres::{Database, Server};

use super::fixture::{connect, connection};

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

#[tokio::test(flavor = "multi_thread")]
async fn widgets_are_searched_without_the_extension() {
    let database = Database::empty(Server::shared());
    let mut admin = connection(&database).await;
    // A killed run may have left a role of this name.
    let role = "widgetd_test_without_rights";
    let make = format!(
        "DO $$ BEGIN CREATE ROLE {role}; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
         GRANT CREATE, USAGE ON SCHEMA public TO {role}"
    );
    admin.batch_execute(&make).await.unwrap();
    let url = database.url();
    let separator = if url.contains('?') { '&' } else { '?' };
    let store = connect(&format!("{url}{separator}options=-c%20role%3D{role}")).await;
    assert!(!store.migrate().await.unwrap().is_empty());

    let count = |query: &str| sql_query(format!("SELECT count(*) AS count FROM {query}"));
    let found: Count = count("pg_indexes WHERE indexname = 'widget_by_search'").get_result(&mut admin).await.unwrap();
    assert_eq!(found.count, 0, "the test is about a database without the index");
    let found: Count = count("pg_tables WHERE tablename = 'widget'").get_result(&mut admin).await.unwrap();
    assert_eq!(found.count, 1);

    let stores = Stores::of(store, ());
    widget_list::search_finds_parts_of_name_description_and_tags_in_any_case(&stores).await;
    widget_list::search_takes_wildcards_as_plain_characters(&stores).await;
}

#[tokio::test]
async fn with_the_extension_an_index_exists() {
    let database = super::fixture::migrated().await;
    let query = sql_query("SELECT count(*) AS count FROM pg_indexes WHERE indexname = 'widget_by_search'");
    let available = sql_query("SELECT count(*) AS count FROM pg_available_extensions WHERE name = 'pg_trgm'");
    let mut connection = connection(&database).await;
    let available: Count = available.get_result(&mut connection).await.unwrap();
    let found: Count = query.get_result(&mut connection).await.unwrap();
    assert_eq!(found.count, available.count);
}
