//! The server's clock.

use diesel::{QueryableByName, sql_query, sql_types::BigInt};
use diesel_async::{AsyncPgConnection, RunQueryDsl as _};
use ports::StoreTime as _;

use super::fixture::{connect, connection, migrated};

#[derive(QueryableByName)]
struct Now {
    #[diesel(sql_type = BigInt)]
    micros: i64,
}

async fn now(connection: &mut AsyncPgConnection) -> i64 {
    let query = "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS micros";
    sql_query(query).get_result::<Now>(connection).await.unwrap().micros
}

#[tokio::test]
async fn the_time_of_the_store_is_that_of_the_servers_clock() {
    let database = migrated().await;
    let (store, mut other) = (connect(&database.url()).await, connection(&database).await);
    for _ in 0..3 {
        let before = now(&mut other).await;
        let reported = store.store_time().await.unwrap().as_micros();
        let after = now(&mut other).await;
        assert!((before..=after).contains(&reported), "{before} {reported} {after}");
    }
}
