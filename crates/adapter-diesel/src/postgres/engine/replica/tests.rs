//! A second database plays the replica. What was read from it is told by a conversation that only it has.

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
use crate::postgres::tests::store;

const MESSAGE: &str = "INSERT INTO message
    SELECT 'w', 'c', int8send(1) || int8send(1), NULL, int8send(1) || int8send(1), 1, 'key', 'u', 1, NULL, '{}'";

struct Followed {
    store: PostgresStore,
    /// To the database that plays the replica.
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

    async fn there(&mut self, statement: &str) {
        self.connection.batch_execute(statement).await.unwrap();
    }

    /// Makes all who read messages there wait.
    async fn hold_up(&mut self) {
        self.there("BEGIN; LOCK TABLE message IN ACCESS EXCLUSIVE MODE").await;
    }

    /// Returns once so many do.
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
    store.replica.as_ref().unwrap()
}

/// Whether a conversation was read there.
async fn reads_there(store: &PostgresStore) -> bool {
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
async fn who_finds_no_free_connection_reads_from_the_primary_and_the_replica_is_used_on() {
    let followed = Followed::start().await;
    let store = &followed.store;
    assert!(reads_there(store).await);
    let mut lent = Vec::new();
    for _ in 0..replica(store).pool.status().max_size {
        lent.push(replica(store).pool.get().await.unwrap());
    }
    assert!(!reads_there(store).await);
    drop(lent);
    assert!(reads_there(store).await);
}

#[tokio::test]
async fn a_statement_that_fails_there_is_done_on_the_primary_and_the_replica_is_used_on() {
    let mut followed = Followed::start().await;
    followed.there("ALTER TABLE message RENAME TO gone").await;
    assert!(!reads_there(&followed.store).await);
    followed.there("ALTER TABLE gone RENAME TO message").await;
    assert!(reads_there(&followed.store).await);
}

#[tokio::test]
async fn a_replica_that_answers_others_in_time_is_used_on() {
    let mut followed = Followed::start().await;
    let store = followed.store.clone();
    followed.hold_up().await;
    let (there, ()) = tokio::join!(reads_there(&store), async {
        followed.until_waiting(1).await;
        list_widgets(&store).await;
    });
    assert!(!there);
    followed.there("ROLLBACK").await;
    assert!(reads_there(&store).await);
}

#[tokio::test]
async fn a_replica_that_answers_nobody_in_time_rests() {
    let mut followed = Followed::start().await;
    followed.hold_up().await;
    assert!(!reads_there(&followed.store).await);
    followed.there("ROLLBACK").await;
    assert!(replica(&followed.store).rests());
    assert!(!reads_there(&followed.store).await);
}

#[tokio::test]
async fn a_replica_that_is_not_there_rests() {
    let (store, _database) = store().await;
    let store = store.with_read_replica("postgres://u@127.0.0.1:1/d").unwrap();
    assert!(!reads_there(&store).await);
    assert!(replica(&store).rests());
}

#[tokio::test]
async fn a_read_that_was_abandoned_is_ended_there_and_its_connection_not_lent_again() {
    let mut followed = Followed::start().await;
    let store = followed.store.clone();
    followed.hold_up().await;
    tokio::select! {
        _ = reads_there(&store) => unreachable!("it waits for the lock"),
        () = followed.until_waiting(1) => {}
    }
    followed.until_waiting(0).await;
    while replica(&store).pool.status().size > 0 {
        tokio::task::yield_now().await;
    }
    followed.there("ROLLBACK").await;
    assert!(!replica(&store).rests() && reads_there(&store).await);
}
