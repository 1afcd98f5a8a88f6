use std::time::Duration;

use diesel::{QueryableByName, sql_query, sql_types::Bool};
use diesel_async::{AsyncPgConnection, RunQueryDsl as _, SimpleAsyncConnection as _};
use domain::time::Timestamp;
use ports::StoreError;
use tokio::time::{sleep, timeout};

use super::{APART, Millis, Partition, slot::Slot};
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

/// One process makes partitions at a time; messages are sent and read beside this lock.
const ALONE: &str = "LOCK TABLE ONLY message IN SHARE UPDATE EXCLUSIVE MODE";

/// At most so many messages are moved from one partition to another.
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
                    Err(Stop::Failed(error)) if is_lock_timeout(&error) && tries < TRIES => {
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
        let rest = there.iter().find(|partition| partition.is_rest());
        let Some((slot, rest)) = Slot::missing(&there, now).zip(rest) else { return Ok(true) };
        let (name, Slot { from, to }) = (slot.name(), slot);
        let sort = sort(connection, &name, rest, to).await?;
        connection.batch_execute(&format!("CREATE TABLE {name} (LIKE message INCLUDING ALL)")).await?;
        connection.batch_execute(APART).await?;
        connection
            .batch_execute(&format!(
                r"ALTER TABLE message DETACH PARTITION {rest};
                {sort};
                ALTER TABLE message ATTACH PARTITION {name} FOR VALUES FROM ('\x{from:012x}') TO ('\x{to:012x}');
                ALTER TABLE message ATTACH PARTITION {rest} FOR VALUES FROM ('\x{to:012x}') TO (MAXVALUE)",
                rest = rest.name
            ))
            .await?;
        tracing::info!(partition = name, "made a partition for messages");
        Ok(true)
    })
    .await
}

/// What has to be done so that the new partition has what the one for the rest holds of its time: messages of clocks that
/// are ahead, which are few and moved; or those of a time in which no partition could be made, which are many. Then the two
/// tables are exchanged, and what is later is moved.
async fn sort(
    connection: &mut AsyncPgConnection,
    name: &str,
    rest: &Partition,
    to: Millis,
) -> Result<String, Stop<StoreError>> {
    let (plain, rest) = (rest.plain_name(), &rest.name);
    let is_many = async |connection: &mut AsyncPgConnection, which: &str| {
        let one_too_many =
            format!(r"SELECT EXISTS (SELECT FROM {rest} WHERE id {which} '\x{to:012x}' OFFSET {MOVED}) AS answer");
        sql_query(one_too_many).get_result::<Answer>(connection).await.map(|is_many| is_many.answer)
    };
    let moved = |source: &str, which: &str, target: &str| {
        format!(
            r"WITH moved AS (DELETE FROM {source} WHERE id {which} '\x{to:012x}' RETURNING *)
            INSERT INTO {target} SELECT * FROM moved"
        )
    };
    if !is_many(connection, "<").await? {
        return Ok(moved(rest, "<", name));
    }
    if !is_many(connection, ">=").await? {
        let exchange = format!(
            "ALTER TABLE {rest} RENAME TO message_exchanged; ALTER TABLE {name} RENAME TO {plain};
            ALTER TABLE message_exchanged RENAME TO {name}"
        );
        return Ok(format!("{exchange}; {}", moved(name, ">=", rest)));
    }
    Err(Stop::Refused(StoreError::Unavailable(format!("{rest} holds too many messages to be sorted into partitions"))))
}

#[derive(QueryableByName)]
struct Answer {
    #[diesel(sql_type = Bool)]
    answer: bool,
}
