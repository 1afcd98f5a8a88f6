use std::time::Duration;

use diesel::{QueryResult, QueryableByName, sql_query, sql_types::BigInt};
use diesel_async::{AsyncPgConnection, RunQueryDsl as _, SimpleAsyncConnection as _};
use domain::time::Timestamp;
use ports::StoreError;
use tokio::time::{sleep, timeout};

use super::{LOCK_TABLE, Millis, Partition, layout::TimeRange};
use crate::{
    failure::is_lock_timeout,
    postgres::{
        engine::database::Database,
        engine::transaction::{TxError, in_transaction, no_response},
    },
};

/// How long all of it may take: the start of the service waits for it.
const TIMEOUT: Duration = Duration::from_secs(10);
/// How often a step is tried that cannot lock the table, and the pause between tries.
const MAX_TRIES: u32 = 10;
const RETRY_INTERVAL: Duration = Duration::from_millis(200);

/// One process creates partitions at a time. This lock does not block sends and reads.
const LOCK_MAINTENANCE: &str = "LOCK TABLE ONLY message IN SHARE UPDATE EXCLUSIVE MODE";

/// The most messages that one transaction moves between partitions.
const MAX_MOVED: i64 = 10_000;

impl Database {
    /// Creates the partitions that are missing for the next hours. Removes those that a clock created that was far ahead.
    pub(crate) async fn maintain_partitions(&self, now: Timestamp) -> Result<(), StoreError> {
        self.check_connection().await?; // a closed store stays closed
        let now = now.as_micros() / 1_000;
        let maintain = async {
            // A separate connection, since this may take longer than an operation on a shared one.
            let opened = self.connector.open().await;
            let mut connection = opened.map_err(|why| StoreError::Unavailable(why.to_string()))?;
            let mut tries = 1;
            loop {
                match maintain_once(&mut connection, now).await {
                    Ok(true) => tries = 1,
                    Ok(false) => return Ok(()),
                    Err(TxError::Database(error)) if is_lock_timeout(&error) && tries < MAX_TRIES => {
                        tries += 1;
                        sleep(RETRY_INTERVAL).await;
                    }
                    Err(error) => return Err(error.into_error()),
                }
            }
        };
        timeout(TIMEOUT, maintain).await.unwrap_or_else(|_| Err(no_response()))
    }
}

/// Creates the next missing partitions, or removes those of a clock that was ahead; `false` if no change is needed. Each
/// call is one transaction, so that it holds its locks briefly.
async fn maintain_once(connection: &mut AsyncPgConnection, now: Millis) -> Result<bool, TxError<StoreError>> {
    let existing = Partition::all(connection).await?;
    if TimeRange::too_far_ahead(&existing, now).is_empty() && TimeRange::missing(&existing, now).is_empty() {
        return Ok(false);
    }
    in_transaction(connection, async |connection| {
        connection.batch_execute(LOCK_MAINTENANCE).await?;
        // Another process may have made the change meanwhile.
        let existing = Partition::all(connection).await?;
        let Some(rest) = existing.iter().find(|partition| partition.is_rest()) else { return Ok(true) };
        let ahead = TimeRange::too_far_ahead(&existing, now);
        if ahead.is_empty() {
            create(connection, rest, &TimeRange::missing(&existing, now)).await?;
        } else {
            shorten(connection, rest, &ahead).await?;
        }
        Ok(true)
    })
    .await
}

/// Creates partitions for these adjacent ranges. The first one starts where `message_rest` does.
///
/// Moves messages of these ranges from `message_rest` to the new partitions, if they are few: clocks that are ahead send
/// such messages. If they are many, sends would wait for the move, so fewer partitions are created at once. If they are too
/// many for one partition, the table itself becomes the first partition, and its later messages are moved.
async fn create(
    connection: &mut AsyncPgConnection,
    rest: &Partition,
    ranges: &[TimeRange],
) -> Result<(), TxError<StoreError>> {
    let Some(&first) = ranges.first() else { return Ok(()) };
    let (name, plain) = (&rest.name, rest.plain_name());
    // PostgreSQL routes rows to an attached partition. A table must hold no rows of other ranges when it is attached.
    let (ranges, exchange, sort) = if let Some((ranges, last)) = movable(connection, name, ranges).await? {
        (ranges, String::new(), move_rows(name, "<", last.to, "message"))
    } else if count(connection, name, ">=", first.to).await? <= MAX_MOVED {
        let created = first.name();
        let exchange = format!(
            "ALTER TABLE {name} RENAME TO message_exchanged; ALTER TABLE {created} RENAME TO {plain};
            ALTER TABLE message_exchanged RENAME TO {created}; {}",
            move_rows(&created, ">=", first.to, name)
        );
        (&ranges[..1], exchange, String::new())
    } else {
        let why = format!("{name} holds too many messages to be sorted into partitions");
        return Err(TxError::Domain(StoreError::Unavailable(why)));
    };
    let end = ranges.last().map_or(first.to, |last| last.to);
    let create = |range: &TimeRange| format!("CREATE TABLE {} (LIKE message INCLUDING ALL)", range.name());
    connection.batch_execute(&ranges.iter().map(create).collect::<Vec<_>>().join("; ")).await?;
    let attach = ranges.iter().map(|range| attach(&range.name(), *range)).collect::<Vec<_>>().join("; ");
    connection.batch_execute(LOCK_TABLE).await?;
    connection
        .batch_execute(&format!(
            "ALTER TABLE message DETACH PARTITION {name}; {exchange}; {attach}; {sort}; {}",
            attach_rest(name, end)
        ))
        .await?;
    for range in ranges {
        tracing::info!(partition = range.name(), "created a partition for messages");
    }
    Ok(())
}

/// Shortens these partitions, the last first, to the given ranges, and drops those whose range is empty. Moves the messages
/// after the new ends, which clocks that were ahead have sent, to `message_rest`.
async fn shorten(
    connection: &mut AsyncPgConnection,
    rest: &Partition,
    ahead: &[(&Partition, TimeRange)],
) -> Result<(), TxError<StoreError>> {
    let mut statements = vec![format!("ALTER TABLE message DETACH PARTITION {}", rest.name)];
    // `message_rest` must stay small enough for its messages to be moved to partitions again.
    let mut moved = count(connection, &rest.name, ">=", 0).await?;
    let mut end = None;
    for (Partition { name, .. }, range) in ahead {
        moved += count(connection, name, ">=", range.to).await?;
        if moved > MAX_MOVED {
            let why =
                format!("{name} reaches too far ahead, and there are too many messages for it to be made shorter");
            return Err(TxError::Domain(StoreError::Unavailable(why)));
        }
        statements.push(format!("ALTER TABLE message DETACH PARTITION {name}"));
        statements.push(move_rows(name, ">=", range.to, &rest.name));
        statements.push(match range.from < range.to {
            true => attach(name, *range),
            false => format!("DROP TABLE {name}"),
        });
        end = Some(range.to);
    }
    let Some(end) = end else { return Ok(()) };
    statements.push(attach_rest(&rest.name, end));
    connection.batch_execute(LOCK_TABLE).await?;
    connection.batch_execute(&statements.join("; ")).await?;
    for (Partition { name, .. }, _) in ahead {
        tracing::info!(partition = name, "shortened a partition for messages that a clock that was ahead had created");
    }
    Ok(())
}

/// The first ranges for which a table has at most [`MAX_MOVED`] messages; and the last of these ranges.
async fn movable<'a>(
    connection: &mut AsyncPgConnection,
    table: &str,
    mut ranges: &'a [TimeRange],
) -> Result<Option<(&'a [TimeRange], TimeRange)>, TxError<StoreError>> {
    while let Some(&last) = ranges.last() {
        if count(connection, table, "<", last.to).await? <= MAX_MOVED {
            return Ok(Some((ranges, last)));
        }
        ranges = &ranges[..ranges.len() / 2];
    }
    Ok(None)
}

/// The number of messages of a table with ids before or after a time, at most [`MAX_MOVED`] + 1.
async fn count(connection: &mut AsyncPgConnection, table: &str, which: &str, time: Millis) -> QueryResult<i64> {
    let query = format!(
        r"SELECT count(*) AS count FROM (SELECT FROM {table} WHERE id {which} '\x{time:012x}' LIMIT {MAX_MOVED} + 1) AS found"
    );
    sql_query(query).get_result::<Count>(connection).await.map(|counted| counted.count)
}

fn move_rows(source: &str, which: &str, time: Millis, target: &str) -> String {
    format!(
        r"WITH moved AS (DELETE FROM {source} WHERE id {which} '\x{time:012x}' RETURNING *)
        INSERT INTO {target} SELECT * FROM moved"
    )
}

fn attach(name: &str, TimeRange { from, to }: TimeRange) -> String {
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
