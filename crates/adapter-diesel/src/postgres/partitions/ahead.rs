use std::time::Duration;

use diesel::{
    QueryableByName,
    result::{DatabaseErrorKind, Error},
    sql_query,
    sql_types::{BigInt, Nullable},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl as _, SimpleAsyncConnection as _};
use domain::time::Timestamp;
use ports::StoreError;
use tokio::time::{sleep, timeout};

use super::{Millis, Partition, slot::Slot};
use crate::{
    failure::is_lock_timeout,
    postgres::{
        PostgresStore,
        transaction::{Stop, silent, transaction},
    },
};

/// How long all of it may take: a start waits for it.
const DEADLINE: Duration = Duration::from_secs(10);
/// How often it is tried when others are in the way, and the pause between.
const TRIES: u32 = 10;
const PAUSE: Duration = Duration::from_millis(200);

/// One process makes partitions at a time; messages are sent and read beside this lock. From then on nobody is waited for
/// any longer than others can wait behind us: attaching a partition locks the default one, as every read of a
/// conversation does, and looks through it.
const ALONE: &str = "LOCK TABLE ONLY message IN SHARE UPDATE EXCLUSIVE MODE;
    SET LOCAL lock_timeout = '200ms'; SET LOCAL statement_timeout = '2s'";

/// So many messages are moved from the default partition to the new one where they belong. If there are more, the new one
/// begins behind them.
const MOVED: i64 = 10_000;

impl PostgresStore {
    /// Makes the partitions that are missing for the next hours.
    pub(in crate::postgres) async fn make_partitions(&self, now: Timestamp) -> Result<(), StoreError> {
        drop(self.connection().await?); // a store that is closed stays closed
        let now = now.as_micros() / 1_000;
        let make = async {
            // Of its own, as it may take longer than what the shared ones are lent for.
            let opened = self.connector.open().await;
            let mut connection = opened.map_err(|why| StoreError::Unavailable(why.to_string()))?;
            let mut tries = 1;
            loop {
                match make_one(&mut connection, now).await {
                    Ok(true) => tries = 1,
                    Ok(false) => return Ok(()),
                    Err(Stop::Failed(error)) if is_in_the_way(&error) && tries < TRIES => {
                        tries += 1;
                        sleep(PAUSE).await;
                    }
                    Err(stop) => return Err(stop.into_error()),
                }
            }
        };
        timeout(DEADLINE, make).await.unwrap_or_else(|_| Err(silent()))
    }
}

/// Somebody held a lock, or sent a message to where the partition was to be while it was made.
fn is_in_the_way(error: &Error) -> bool {
    is_lock_timeout(error) || matches!(error, Error::DatabaseError(DatabaseErrorKind::CheckViolation, _))
}

/// Makes the next partition that is missing; `false` if none is. Each is a transaction of its own, so that its locks are held
/// for an instant.
async fn make_one(connection: &mut AsyncPgConnection, now: Millis) -> Result<bool, Stop<StoreError>> {
    if Slot::missing(&Partition::all(connection).await?, now).is_none() {
        return Ok(false);
    }
    transaction(connection, async |connection| {
        connection.batch_execute(ALONE).await?;
        // Another process may have made it meanwhile.
        let there = Partition::all(connection).await?;
        let Some(mut slot) = Slot::missing(&there, now) else { return Ok(true) };
        let mut moved = 0;
        let mut fill = String::new();
        if let Some(Partition { name: default, .. }) = there.iter().find(|partition| partition.is_default) {
            (slot, moved) = make_room(connection, default, slot).await?;
            if moved > 0 {
                let strays = strays(default, slot);
                fill = format!(
                    "WITH moved AS (DELETE FROM {strays} RETURNING *) INSERT INTO {} SELECT * FROM moved;",
                    slot.name()
                );
            }
        }
        let (name, Slot { from, to }) = (slot.name(), slot);
        connection
            .batch_execute(&format!(
                r"CREATE TABLE {name} (LIKE message INCLUDING ALL); {fill}
                ALTER TABLE message ATTACH PARTITION {name} FOR VALUES FROM ('\x{from:012x}') TO ('\x{to:012x}')"
            ))
            .await?;
        tracing::info!(partition = name, moved, "made a partition for messages");
        Ok(true)
    })
    .await
}

#[derive(QueryableByName)]
struct Strays {
    #[diesel(sql_type = BigInt)]
    count: i64,
    /// When the last one's id was made.
    #[diesel(sql_type = Nullable<BigInt>)]
    last: Option<Millis>,
}

/// The partition to make, and how many messages of the default one belong to it: of clocks that are ahead, or of a time in
/// which no partition could be made.
async fn make_room(
    connection: &mut AsyncPgConnection,
    default: &str,
    mut slot: Slot,
) -> Result<(Slot, i64), Stop<StoreError>> {
    loop {
        let query = format!(
            "SELECT count(*) AS count, max(('x' || encode(substring(id FOR 6), 'hex'))::bit(48)::bigint) AS last FROM {}",
            strays(default, slot)
        );
        let strays: Strays = sql_query(query).get_result(connection).await?;
        match strays.last {
            Some(last) if strays.count > MOVED => slot = slot.behind(last),
            _ => return Ok((slot, strays.count)),
        }
    }
}

/// The messages of the default partition that belong to a slot, as they stand in a statement.
fn strays(default: &str, Slot { from, to }: Slot) -> String {
    format!(r"{default} WHERE id >= '\x{from:012x}' AND id < '\x{to:012x}'")
}
