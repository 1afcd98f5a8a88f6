//! Totals past 10,000, on both databases.

use diesel::connection::SimpleConnection as _;
use diesel_async::SimpleAsyncConnection as _;
use domain::{
    names::WorkspaceId,
    widget::{Page, WidgetFilter},
};
use ports::WidgetStore;

use crate::{fixture::Place, postgres::fixture};

const NEWEST: &str = "DELETE FROM widget WHERE key = 'key-";
const INSERT: &str =
    "INSERT INTO widget (workspace_id, id, key, category, version, revision, created_by, created_at, updated_at,
    name, tags, search_text, description)";

async fn total(store: &impl WidgetStore, number: u32) -> u64 {
    let workspace = WorkspaceId::parse("w").unwrap();
    store.list(&workspace, &WidgetFilter::default(), Page { number, limit: 20 }).await.unwrap().total
}

/// Deletes without the stores, so that their cached totals show. `fresh` has cached none.
async fn totals_are_cached_above_10_000_only<S: WidgetStore>(store: S, fresh: S, mut execute: impl AsyncFnMut(String)) {
    assert_eq!(total(&store, 1).await, 10_001);
    execute(format!("{NEWEST}10001'")).await;
    assert_eq!(total(&store, 1).await, 10_001, "not counted again");
    assert_eq!(total(&store, 500).await, 10_001);
    assert_eq!(total(&fresh, 1).await, 10_000);
    execute(format!("{NEWEST}10000'")).await;
    assert_eq!(total(&fresh, 1).await, 9_999, "not kept");
    assert_eq!(total(&store, 500).await, 9_999, "the last page shows where the list ends");
}

#[tokio::test]
async fn on_sqlite() {
    let place = Place::new();
    let (store, fresh) = (place.store().await, place.store().await);
    let mut connection = place.connection();
    let fill = format!(
        "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 10001)
        {INSERT} SELECT 'w', CAST(printf('%016d', n) AS BLOB), 'key-' || n, 'general', 1, 1, 'u', n, n, 'Name', '[]', 'name', ''
            FROM n"
    );
    connection.batch_execute(&fill).unwrap();
    totals_are_cached_above_10_000_only(store, fresh, async |statement| {
        connection.batch_execute(&statement).unwrap();
    })
    .await;
}

#[tokio::test]
async fn on_postgres() {
    let database = fixture::migrated().await;
    let (store, fresh) = (fixture::connect(&database.url()).await, fixture::connect(&database.url()).await);
    let mut connection = fixture::connection(&database).await;
    let fill = format!(
        "{INSERT} SELECT 'w', int8send(n) || int8send(n), 'key-' || n, 'general', 1, 1, 'u', n, n, 'Name', '[]', 'name', ''
            FROM generate_series(1::bigint, 10001) n"
    );
    connection.batch_execute(&fill).await.unwrap();
    totals_are_cached_above_10_000_only(store, fresh, async |statement| {
        connection.batch_execute(&statement).await.unwrap();
    })
    .await;
}
