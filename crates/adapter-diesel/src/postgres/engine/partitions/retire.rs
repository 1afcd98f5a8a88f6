//! Dropping partitions, in two steps. A short transaction detaches and renames the partition, so that every process
//! recognizes it as retired. Then its messages are counted and it is dropped, without a lock on the table.

use std::time::Duration;

use diesel::{
    QueryableByName, sql_query,
    sql_types::{BigInt, Bool, Text},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl as _, SimpleAsyncConnection as _};
use ports::StoreError;
use tokio::time::sleep;

use super::{LOCK_TABLE, Partition};
use crate::{
    failure::{is_lock_timeout, is_statement_timeout, is_undefined_table},
    postgres::{
        engine::database::Database,
        engine::transaction::{TxError, in_transaction},
    },
};

/// How often a step is tried that cannot lock the table, and the pause between tries.
const MAX_TRIES: u32 = 5;
const RETRY_INTERVAL: Duration = Duration::from_millis(200);

/// The smallest primary key for which the first partition is dropped. Below it, its messages are deleted row by row: it has
/// to be replaced and not only dropped, and is mostly empty.
const MIN_FIRST_INDEX_BYTES: i64 = 1024 * 1024;

/// Counting reads every message, so it may take long.
const LONG_TIMEOUTS: &str = "SET LOCAL statement_timeout = '10min'; SET LOCAL lock_timeout = '1s'";

/// The detached partitions that are still to be dropped.
const RETIRED: &str = r"SELECT CASE WHEN pg_table_is_visible(pg_class.oid) IS FALSE THEN quote_ident(nspname) || '.' ELSE '' END
        || quote_ident(relname) AS name
    FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace
    WHERE relname LIKE 'retired\_message\_%' AND relkind = 'r' AND NOT relispartition
      AND relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = 'message'::regclass)";

#[derive(QueryableByName)]
struct Table {
    #[diesel(sql_type = Text)]
    name: String,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

#[derive(QueryableByName)]
struct Answer {
    #[diesel(sql_type = Bool)]
    answer: bool,
}

impl Partition {
    /// Whether the service created it and all of its ids were created before this time, in microseconds. It may be dropped
    /// unless one of its messages was sent later: clocks are set back.
    pub(crate) fn ends_before(&self, time: i64) -> bool {
        let is_worth_it = !self.is_first() || self.index_bytes > MIN_FIRST_INDEX_BYTES;
        is_worth_it && self.is_ours() && self.from.is_some() && self.to.is_some_and(|to| to <= time.div_euclid(1_000))
    }
}

impl Database {
    /// The partitions of `message`, the oldest first.
    pub(crate) async fn partitions(&self) -> Result<Vec<Partition>, StoreError> {
        self.run(async |connection| Ok(Partition::all(connection).await?)).await
    }

    /// Detaches a partition if all of its messages were sent before this time. `false` if some were not, if it is not the
    /// oldest, or if another process has detached it.
    pub(crate) async fn retire(&self, partition: &Partition, time: i64) -> Result<bool, StoreError> {
        let mut tries = 1;
        loop {
            let retired = self.run(async |connection| match retire(connection, &partition.name, time).await {
                Err(TxError::Database(error)) if is_undefined_table(&error) || is_statement_timeout(&error) => {
                    Ok(Some(false))
                }
                Err(TxError::Database(error)) if is_lock_timeout(&error) && tries < MAX_TRIES => Ok(None),
                retired => retired.map(Some),
            });
            match retired.await? {
                Some(retired) => return Ok(retired),
                None => tries += 1,
            }
            sleep(RETRY_INTERVAL).await;
        }
    }

    /// Drops the partitions that any process has detached, and returns the number of their messages.
    pub(crate) async fn drop_retired(&self) -> Result<u64, StoreError> {
        let retired =
            self.run::<_, StoreError>(async |connection| Ok(sql_query(RETIRED).load::<Table>(connection).await?));
        let retired = retired.await?;
        let mut dropped = 0;
        if !retired.is_empty() {
            let opened = self.connector.open().await;
            let mut connection = opened.map_err(|why| StoreError::Unavailable(why.to_string()))?;
            for Table { name } in retired {
                match in_transaction(&mut connection, async |connection| count_and_drop(connection, &name).await).await
                {
                    Ok(count) => dropped += count,
                    // Another process is dropping it, or has dropped it.
                    Err(TxError::Database(error)) if is_undefined_table(&error) || is_lock_timeout(&error) => {}
                    Err(error) => return Err(error.into_error()),
                }
            }
        }
        Ok(dropped)
    }
}

async fn retire(connection: &mut AsyncPgConnection, name: &str, time: i64) -> Result<bool, TxError<StoreError>> {
    // The first check needs no lock, so it blocks no one in vain.
    if !is_old(connection, name, time).await? {
        return Ok(false);
    }
    in_transaction(connection, async |connection| {
        connection.batch_execute(LOCK_TABLE).await?;
        let existing = Partition::all(connection).await?;
        let Some(detach) = detach_statements(&existing, name) else { return Ok(false) };
        if !is_old(connection, name, time).await? {
            return Ok(false);
        }
        connection.batch_execute(&detach).await?;
        tracing::info!(partition = name, "retired a partition whose messages are all old");
        Ok(true)
    })
    .await
}

/// The statements that detach a partition. Afterwards a partition exists for every time again: the first one is extended to
/// the end of the detached one, which must follow it. The first partition itself is replaced by an empty table.
fn detach_statements(existing: &[Partition], name: &str) -> Option<String> {
    let partition = existing.iter().find(|partition| partition.name == name)?;
    let first = existing.iter().find(|partition| partition.is_first())?;
    let to = partition.to?;
    let detach = format!(
        "ALTER TABLE message DETACH PARTITION {name}; ALTER TABLE {name} RENAME TO retired_{}_{to:x}",
        partition.plain_name()
    );
    let first_again = if partition == first {
        format!("CREATE TABLE {} (LIKE message INCLUDING ALL)", first.plain_name())
    } else if partition.from == first.to {
        format!("ALTER TABLE message DETACH PARTITION {}", first.name)
    } else {
        return None;
    };
    let attach =
        format!(r"ALTER TABLE message ATTACH PARTITION {} FOR VALUES FROM (MINVALUE) TO ('\x{to:012x}')", first.name);
    Some(format!("{detach}; {first_again}; {attach}"))
}

/// Whether all messages of a partition were sent before this time.
async fn is_old(connection: &mut AsyncPgConnection, name: &str, time: i64) -> Result<bool, TxError<StoreError>> {
    let query = format!("SELECT NOT EXISTS (SELECT FROM {name} WHERE sent_at >= $1) AS answer");
    let answer: Answer = sql_query(query).bind::<BigInt, _>(time).get_result(connection).await?;
    Ok(answer.answer)
}

async fn count_and_drop(connection: &mut AsyncPgConnection, name: &str) -> Result<u64, TxError<StoreError>> {
    connection.batch_execute(&format!("{LONG_TIMEOUTS}; LOCK TABLE {name} IN ACCESS EXCLUSIVE MODE")).await?;
    let held: Count = sql_query(format!("SELECT count(*) AS count FROM {name}")).get_result(connection).await?;
    connection.batch_execute(&format!("DROP TABLE {name}")).await?;
    Ok(u64::try_from(held.count).unwrap_or(0))
}
