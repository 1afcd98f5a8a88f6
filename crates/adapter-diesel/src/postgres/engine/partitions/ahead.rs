use std::time::Duration;

use diesel::{QueryResult, QueryableByName, sql_query, sql_types::BigInt};
use diesel_async::{AsyncPgConnection, RunQueryDsl as _, SimpleAsyncConnection as _};
use domain::time::Timestamp;
use ports::StoreError;
use tokio::time::{sleep, timeout};

use super::{APART, Millis, Partition, slot::Slot};
use crate::{
    failure::is_lock_timeout,
    postgres::{
        PostgresStore,
        engine::transaction::{Stop, silent, transaction},
    },
};

/// How long all of it may take: a start waits for it.
const DEADLINE: Duration = Duration::from_secs(10);
/// How often it is tried when others are in the way, and the pause between.
const TRIES: u32 = 10;
const PAUSE: Duration = Duration::from_millis(200);

/// One process makes partitions at a time; messages are sent and read beside this lock.
const ALONE: &str = "LOCK TABLE ONLY message IN SHARE UPDATE EXCLUSIVE MODE";

/// Most messages that one transaction moves between partitions.
const MOVED: i64 = 10_000;

impl PostgresStore {
    /// Makes the partitions that are missing for the next hours. Those that a clock made that was far ahead are taken back.
    pub(crate) async fn make_partitions(&self, now: Timestamp) -> Result<(), StoreError> {
        drop(self.connection().await?); // a store that is closed stays closed
        let now = now.as_micros() / 1_000;
        let make = async {
            // Of its own, as it may take longer than what the shared ones are lent for.
            let opened = self.connector.open().await;
            let mut connection = opened.map_err(|why| StoreError::Unavailable(why.to_string()))?;
            let mut tries = 1;
            loop {
                match make_some(&mut connection, now).await {
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

/// Makes the next partitions that are missing, or takes back those of a clock that was ahead; `false` if there is nothing to
/// do. Each call is one transaction, so that its locks are held for an instant.
async fn make_some(connection: &mut AsyncPgConnection, now: Millis) -> Result<bool, Stop<StoreError>> {
    let there = Partition::all(connection).await?;
    if Slot::too_far_ahead(&there, now).is_empty() && Slot::missing(&there, now).is_empty() {
        return Ok(false);
    }
    transaction(connection, async |connection| {
        connection.batch_execute(ALONE).await?;
        // Another process may have done it meanwhile.
        let there = Partition::all(connection).await?;
        let Some(rest) = there.iter().find(|partition| partition.is_rest()) else { return Ok(true) };
        let ahead = Slot::too_far_ahead(&there, now);
        if ahead.is_empty() {
            make(connection, rest, &Slot::missing(&there, now)).await?;
        } else {
            take_back(connection, rest, &ahead).await?;
        }
        Ok(true)
    })
    .await
}

/// Makes partitions for these slots, which follow one another from where the one for the rest begins.
///
/// What that one holds of their times is moved to them, if it is little: messages of clocks that are ahead. If it is much,
/// sending would wait for the move: then fewer partitions are made at once. If it is too much for one, the table itself becomes
/// the first partition, and its later messages are moved.
async fn make(connection: &mut AsyncPgConnection, rest: &Partition, slots: &[Slot]) -> Result<(), Stop<StoreError>> {
    let Some(&first) = slots.first() else { return Ok(()) };
    let (name, plain) = (&rest.name, rest.plain_name());
    // Rows find their partition by themselves once it is attached; a table that has them must hold no others before.
    let (slots, exchange, sort) = if let Some((slots, last)) = few(connection, name, slots).await? {
        (slots, String::new(), move_rows(name, "<", last.to, "message"))
    } else if count(connection, name, ">=", first.to).await? <= MOVED {
        let made = first.name();
        let exchange = format!(
            "ALTER TABLE {name} RENAME TO message_exchanged; ALTER TABLE {made} RENAME TO {plain};
            ALTER TABLE message_exchanged RENAME TO {made}; {}",
            move_rows(&made, ">=", first.to, name)
        );
        (&slots[..1], exchange, String::new())
    } else {
        let why = format!("{name} holds too many messages to be sorted into partitions");
        return Err(Stop::Refused(StoreError::Unavailable(why)));
    };
    let end = slots.last().map_or(first.to, |last| last.to);
    let create = |slot: &Slot| format!("CREATE TABLE {} (LIKE message INCLUDING ALL)", slot.name());
    connection.batch_execute(&slots.iter().map(create).collect::<Vec<_>>().join("; ")).await?;
    let attach = slots.iter().map(|slot| attach(&slot.name(), *slot)).collect::<Vec<_>>().join("; ");
    connection.batch_execute(APART).await?;
    connection
        .batch_execute(&format!(
            "ALTER TABLE message DETACH PARTITION {name}; {exchange}; {attach}; {sort}; {}",
            attach_rest(name, end)
        ))
        .await?;
    for slot in slots {
        tracing::info!(partition = slot.name(), "made a partition for messages");
    }
    Ok(())
}

/// Lets these partitions, the last first, end where their slots do. Those of which nothing is left are dropped. The messages
/// after the new ends, which are of clocks that were ahead, are moved to the one for the rest.
async fn take_back(
    connection: &mut AsyncPgConnection,
    rest: &Partition,
    ahead: &[(&Partition, Slot)],
) -> Result<(), Stop<StoreError>> {
    let mut statements = vec![format!("ALTER TABLE message DETACH PARTITION {}", rest.name)];
    // With what is there already: what the one for the rest holds must be little enough to be sorted again.
    let mut moved = count(connection, &rest.name, ">=", 0).await?;
    let mut end = None;
    for (Partition { name, .. }, slot) in ahead {
        moved += count(connection, name, ">=", slot.to).await?;
        if moved > MOVED {
            let why =
                format!("{name} reaches too far ahead, and there are too many messages for it to be made shorter");
            return Err(Stop::Refused(StoreError::Unavailable(why)));
        }
        statements.push(format!("ALTER TABLE message DETACH PARTITION {name}"));
        statements.push(move_rows(name, ">=", slot.to, &rest.name));
        statements.push(match slot.from < slot.to {
            true => attach(name, *slot),
            false => format!("DROP TABLE {name}"),
        });
        end = Some(slot.to);
    }
    let Some(end) = end else { return Ok(()) };
    statements.push(attach_rest(&rest.name, end));
    connection.batch_execute(APART).await?;
    connection.batch_execute(&statements.join("; ")).await?;
    for (Partition { name, .. }, _) in ahead {
        tracing::info!(partition = name, "took back a partition for messages that a clock had made that was ahead");
    }
    Ok(())
}

/// As many of the slots, from the first on, as a table has no more messages for than may be moved; and the last of them.
async fn few<'a>(
    connection: &mut AsyncPgConnection,
    table: &str,
    mut slots: &'a [Slot],
) -> Result<Option<(&'a [Slot], Slot)>, Stop<StoreError>> {
    while let Some(&last) = slots.last() {
        if count(connection, table, "<", last.to).await? <= MOVED {
            return Ok(Some((slots, last)));
        }
        slots = &slots[..slots.len() / 2];
    }
    Ok(None)
}

/// How many messages of a table have ids before or after a time; one more than may be moved stands for any number.
async fn count(connection: &mut AsyncPgConnection, table: &str, which: &str, time: Millis) -> QueryResult<i64> {
    let query = format!(
        r"SELECT count(*) AS count FROM (SELECT FROM {table} WHERE id {which} '\x{time:012x}' LIMIT {MOVED} + 1) AS found"
    );
    sql_query(query).get_result::<Count>(connection).await.map(|counted| counted.count)
}

fn move_rows(source: &str, which: &str, time: Millis, target: &str) -> String {
    format!(
        r"WITH moved AS (DELETE FROM {source} WHERE id {which} '\x{time:012x}' RETURNING *)
        INSERT INTO {target} SELECT * FROM moved"
    )
}

fn attach(name: &str, Slot { from, to }: Slot) -> String {
    format!(r"ALTER TABLE message ATTACH PARTITION {name} FOR VALUES FROM ('\x{from:012x}') TO ('\x{to:012x}')")
}

fn attach_rest(name: &str, from: Millis) -> String {
    format!(r"ALTER TABLE message ATTACH PARTITION {name} FOR VALUES FROM ('\x{from:012x}') TO (MAXVALUE)")
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}
