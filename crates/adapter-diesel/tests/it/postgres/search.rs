//! Search texts of an earlier version of the service.

use diesel_async::SimpleAsyncConnection as _;

use super::fixture::{connect, connection, migrated};
use crate::search::{OUTDATE, are_refreshed_by_processes_together, fill};

#[tokio::test]
async fn outdated_texts_are_refreshed_by_processes_together() {
    let database = migrated().await;
    let stores = [connect(&database.url()).await, connect(&database.url()).await];
    fill(&stores[0]).await;
    connection(&database).await.batch_execute(OUTDATE).await.unwrap();
    are_refreshed_by_processes_together(&stores).await;
}
