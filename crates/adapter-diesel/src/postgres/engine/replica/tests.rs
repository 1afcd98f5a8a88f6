//! A second database plays the replica. Only it has a certain conversation, which shows where a read took place.

use diesel::{QueryableByName, sql_query, sql_types::BigInt};
use diesel_async::{AsyncConnection as _, RunQueryDsl, SimpleAsyncConnection as _};
use domain::{
    message::MessagePage,
    names::{ConversationId, WorkspaceId},
    widget::{Page, WidgetFilter},
};
use ports::{MessageStore, WidgetStore};
use test_postgres::Database;

use super::*;
use crate::postgres::{PostgresStore, tests::store};

const MESSAGE: &str = "INSERT INTO message
    SELECT 'w', 'c', int8send(1) || int8send(1), NULL, int8send(1) || int8send(1), 1, 'key', 'u', 1, NULL, '{}'";

struct Followed {
    store: PostgresStore,
    /// A connection to the replica.
    connection: AsyncPgConnection,
    _databases: [Database; 2],
}

impl Followed {
    async fn start() -> Self {
        let ((store, primary), (other, replica)) = (store().await, store().await);
        other.close().await;
        let mut connection = AsyncPgConnection::establish(&replica.url()).await.unwrap();
        connection.batch_execute(MESSAGE).await.unwrap();
        let store = store.with_read_replica(&replica.url()).unwrap();
        Self { store, connection, _databases: [primary, replica] }
    }

    async fn on_replica(&mut self, statement: &str) {
        self.connection.batch_execute(statement).await.unwrap();
    }

    /// Blocks reads of messages on the replica.
    async fn block_reads(&mut self) {
        self.on_replica("BEGIN; LOCK TABLE message IN ACCESS EXCLUSIVE MODE").await;
    }

    /// Returns once `count` reads are blocked.
    async fn until_waiting(&mut self, count: i64) {
        let waiting = "SELECT count(*) AS count FROM pg_locks WHERE NOT granted AND relation = 'message'::regclass";
        while sql_query(waiting).get_result::<Count>(&mut self.connection).await.unwrap().count != count {
            tokio::task::yield_now().await;
        }
    }
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

fn replica(store: &PostgresStore) -> &ReadReplica {
    store.database.replica.as_ref().unwrap()
}

/// Whether a conversation is read from the replica.
async fn reads_replica(store: &PostgresStore) -> bool {
    let (workspace, conversation) = (WorkspaceId::parse("w").unwrap(), ConversationId::parse("c").unwrap());
    let part =
        MessageStore::list(store, &workspace, &conversation, MessagePage { after: None, limit: 10 }).await.unwrap();
    !part.messages.is_empty()
}

async fn list_widgets(store: &PostgresStore) {
    let page = Page { number: 1, limit: 10 };
    WidgetStore::list(store, &WorkspaceId::parse("w").unwrap(), &WidgetFilter::default(), page).await.unwrap();
}

#[tokio::test]
async fn a_read_without_a_free_connection_uses_the_primary_and_later_ones_the_replica() {
    let followed = Followed::start().await;
    let store = &followed.store;
    assert!(reads_replica(store).await);
    let mut pooled = Vec::new();
    for _ in 0..replica(store).pool.status().max_size {
        pooled.push(replica(store).pool.get().await.unwrap());
    }
    assert!(!reads_replica(store).await);
    drop(pooled);
    assert!(reads_replica(store).await);
}

#[tokio::test]
async fn a_statement_that_fails_on_the_replica_uses_the_primary_and_later_ones_the_replica() {
    let mut followed = Followed::start().await;
    followed.on_replica("ALTER TABLE message RENAME TO gone").await;
    assert!(!reads_replica(&followed.store).await);
    followed.on_replica("ALTER TABLE gone RENAME TO message").await;
    assert!(reads_replica(&followed.store).await);
}

#[tokio::test]
async fn a_replica_that_responds_to_other_reads_is_not_paused() {
    let mut followed = Followed::start().await;
    let store = followed.store.clone();
    followed.block_reads().await;
    let (from_replica, ()) = tokio::join!(reads_replica(&store), async {
        followed.until_waiting(1).await;
        list_widgets(&store).await;
    });
    assert!(!from_replica);
    followed.on_replica("ROLLBACK").await;
    assert!(reads_replica(&store).await);
}

#[tokio::test]
async fn a_replica_that_does_not_respond_is_paused() {
    let mut followed = Followed::start().await;
    followed.block_reads().await;
    assert!(!reads_replica(&followed.store).await);
    followed.on_replica("ROLLBACK").await;
    assert!(replica(&followed.store).is_paused());
    assert!(!reads_replica(&followed.store).await);
}

#[tokio::test]
async fn an_unreachable_replica_is_paused() {
    let (store, _database) = store().await;
    let store = store.with_read_replica("postgres://u@127.0.0.1:1/d").unwrap();
    assert!(!reads_replica(&store).await);
    assert!(replica(&store).is_paused());
}

#[tokio::test]
async fn an_abandoned_read_is_canceled_and_its_connection_is_not_reused() {
    let mut followed = Followed::start().await;
    let store = followed.store.clone();
    followed.block_reads().await;
    tokio::select! {
        _ = reads_replica(&store) => unreachable!("it waits for the lock"),
        () = followed.until_waiting(1) => {}
    }
    followed.until_waiting(0).await;
    while replica(&store).pool.status().size > 0 {
        tokio::task::yield_now().await;
    }
    followed.on_replica("ROLLBACK").await;
    assert!(!replica(&store).is_paused() && reads_replica(&store).await);
}
