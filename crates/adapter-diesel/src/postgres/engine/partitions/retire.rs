//! Dropping partitions. It is done in two steps: in an instant the partition is taken out and renamed, by which every process
//! knows what it is; then, beside the table, its messages are counted and it is dropped.

use std::time::Duration;

use diesel::{
    QueryableByName, sql_query,
    sql_types::{BigInt, Bool, Text},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl as _, SimpleAsyncConnection as _};
use ports::StoreError;
use tokio::time::sleep;

use super::{APART, Partition};
use crate::{
    failure::{is_lock_timeout, is_statement_timeout, is_undefined_table},
    postgres::{
        PostgresStore,
        engine::transaction::{Stop, transaction},
    },
};

/// How often it is tried when others are in the way, and the pause between.
const TRIES: u32 = 5;
const PAUSE: Duration = Duration::from_millis(200);

/// What the first partition holds is deleted row by row if its primary key is no larger: it is replaced and not only
/// dropped, and mostly holds nothing.
const FEW: i64 = 1024 * 1024;

/// Every message has to be looked at to be counted.
const PATIENT: &str = "SET LOCAL statement_timeout = '10min'; SET LOCAL lock_timeout = '1s'";

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
    /// Whether it may be dropped if nothing younger is in it: one of ours, all of whose ids were made before this time, in
    /// microseconds. When its messages were sent is another question: clocks are set back.
    pub(crate) fn ends_before(&self, time: i64) -> bool {
        let is_worth_it = !self.is_first() || self.index_bytes > FEW;
        is_worth_it && self.is_ours() && self.from.is_some() && self.to.is_some_and(|to| to <= time.div_euclid(1_000))
    }
}

impl PostgresStore {
    /// The partitions of `message`, the oldest first.
    pub(crate) async fn partitions(&self) -> Result<Vec<Partition>, StoreError> {
        self.read(async |connection| Ok(Partition::all(connection).await?)).await
    }

    /// Takes a partition out if all of its messages were sent before this time. `false` if some were not, if it is not the
    /// oldest, or if another process has taken it out.
    pub(crate) async fn retire(&self, partition: &Partition, time: i64) -> Result<bool, StoreError> {
        let mut tries = 1;
        loop {
            let retired = self.read(async |connection| match retire(connection, &partition.name, time).await {
                Err(Stop::Failed(error)) if is_undefined_table(&error) || is_statement_timeout(&error) => {
                    Ok(Some(false))
                }
                Err(Stop::Failed(error)) if is_lock_timeout(&error) && tries < TRIES => Ok(None),
                retired => retired.map(Some),
            });
            match retired.await? {
                Some(retired) => return Ok(retired),
                None => tries += 1,
            }
            sleep(PAUSE).await;
        }
    }

    /// Drops what was taken out, by whichever process, and tells how many messages it held.
    pub(crate) async fn drop_retired(&self) -> Result<u64, StoreError> {
        let retired =
            self.read::<_, StoreError>(async |connection| Ok(sql_query(RETIRED).load::<Table>(connection).await?));
        let retired = retired.await?;
        let mut dropped = 0;
        if !retired.is_empty() {
            let opened = self.connector.open().await;
            let mut connection = opened.map_err(|why| StoreError::Unavailable(why.to_string()))?;
            for Table { name } in retired {
                match transaction(&mut connection, async |connection| count_and_drop(connection, &name).await).await {
                    Ok(count) => dropped += count,
                    // Another process is at it, or was.
                    Err(Stop::Failed(error)) if is_undefined_table(&error) || is_lock_timeout(&error) => {}
                    Err(stop) => return Err(stop.into_error()),
                }
            }
        }
        Ok(dropped)
    }
}

async fn retire(connection: &mut AsyncPgConnection, name: &str, time: i64) -> Result<bool, Stop<StoreError>> {
    // Also without the lock, lest everybody is held up for nothing.
    if !is_old(connection, name, time).await? {
        return Ok(false);
    }
    transaction(connection, async |connection| {
        connection.batch_execute(APART).await?;
        let there = Partition::all(connection).await?;
        let Some(take_out) = take_out(&there, name) else { return Ok(false) };
        if !is_old(connection, name, time).await? {
            return Ok(false);
        }
        connection.batch_execute(&take_out).await?;
        tracing::info!(partition = name, "retired a partition whose messages are all old");
        Ok(true)
    })
    .await
}

/// The statements that take a partition out. After them there is again one for every time: the first one reaches to where
/// the one that is gone did, so it must be the next. An empty table takes the place of the first one itself.
fn take_out(there: &[Partition], name: &str) -> Option<String> {
    let partition = there.iter().find(|partition| partition.name == name)?;
    let first = there.iter().find(|partition| partition.is_first())?;
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
async fn is_old(connection: &mut AsyncPgConnection, name: &str, time: i64) -> Result<bool, Stop<StoreError>> {
    let query = format!("SELECT NOT EXISTS (SELECT FROM {name} WHERE sent_at >= $1) AS answer");
    let answer: Answer = sql_query(query).bind::<BigInt, _>(time).get_result(connection).await?;
    Ok(answer.answer)
}

async fn count_and_drop(connection: &mut AsyncPgConnection, name: &str) -> Result<u64, Stop<StoreError>> {
    connection.batch_execute(&format!("{PATIENT}; LOCK TABLE {name} IN ACCESS EXCLUSIVE MODE")).await?;
    let held: Count = sql_query(format!("SELECT count(*) AS count FROM {name}")).get_result(connection).await?;
    connection.batch_execute(&format!("DROP TABLE {name}")).await?;
    Ok(u64::try_from(held.count).unwrap_or(0))
}
