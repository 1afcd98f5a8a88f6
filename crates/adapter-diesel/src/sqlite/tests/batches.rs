use diesel::{prelude::*, sql_query};
use domain::time::Timestamp;
use ports::Housekeeping as _;

use super::store;
use crate::{failure::failed, schema::idempotency};

#[tokio::test]
async fn many_attempts_are_forgotten_in_several_short_transactions() {
    let (store, _directory) = store().await;
    // Of 3,500 attempts, 1,500 were made at one time: more than one transaction takes otherwise.
    let fill = "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 3500)
                INSERT INTO idempotency SELECT 'w', zeroblob(16), n, zeroblob(32), max(n, 1500), '{}' FROM n";
    store.write(move |connection| sql_query(fill).execute(connection).map_err(failed)).await.unwrap();
    assert_eq!(store.forget_attempts_before(Timestamp::from_micros(1_500)).await, Ok(0));
    assert_eq!(store.forget_attempts_before(Timestamp::from_micros(3_401)).await, Ok(3_400));
    let left = store
        .read(|connection| {
            let left = idempotency::table.select(idempotency::made_at).order(idempotency::made_at);
            left.load::<i64>(connection).map_err(failed)
        })
        .await
        .unwrap();
    assert_eq!(left, (3_401..=3_500).collect::<Vec<_>>());
}
