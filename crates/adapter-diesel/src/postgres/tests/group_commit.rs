use diesel::{QueryableByName, sql_query, sql_types::BigInt};
use diesel_async::{AsyncConnection as _, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection as _};
use domain::{
    id::{ApiKeyId, MessageId, WidgetId},
    idempotency::{Attempt, Fingerprint, IdempotencyKey},
    message::{Message, MessagePage},
    names::{ConversationId, UserId, WorkspaceId},
    time::Timestamp,
    widget::{Version, WidgetKey},
};
use futures_util::{FutureExt as _, future::join_all};
use ports::{AppendError, Creation, MessageStore as _, StoreError};
use schema::json::JsonText;
use test_postgres::Database;
use uuid::Uuid;

use super::{super::PostgresStore, store};

fn message(n: u128) -> Message {
    Message {
        id: MessageId::from_uuid(Uuid::from_u128(n + 1)),
        conversation: ConversationId::parse("c").unwrap(),
        peer: None,
        widget: WidgetId::from_uuid(Uuid::from_u128(1)),
        widget_version: Version::FIRST,
        widget_key: WidgetKey::parse("card").unwrap(),
        data: JsonText::from_stored(format!("{{\"n\":{n}}}")),
        text: None,
        sent_at: Timestamp::from_micros(1),
        sent_by: UserId::parse("u").unwrap(),
    }
}

fn attempt(key: &str) -> Attempt {
    Attempt {
        api_key: ApiKeyId::from_uuid(Uuid::from_u128(1)),
        key: IdempotencyKey::parse(key).unwrap(),
        fingerprint: Fingerprint([0; 32]),
        made_at: Timestamp::from_micros(1),
    }
}

fn workspace() -> WorkspaceId {
    WorkspaceId::parse("w").unwrap()
}

async fn append(store: &PostgresStore, n: u128) -> Result<Creation<Message>, AppendError> {
    store.append(&workspace(), &message(n), None).await
}

/// Blocks all inserts of messages while it exists.
struct Barrier(AsyncPgConnection);

impl Barrier {
    async fn before_messages(database: &Database) -> Self {
        let mut connection = AsyncPgConnection::establish(&database.url()).await.unwrap();
        connection.batch_execute("BEGIN; LOCK TABLE message IN SHARE MODE").await.unwrap();
        Self(connection)
    }

    /// Returns once a statement waits for it.
    async fn is_met(&mut self) {
        let waiting = "SELECT count(*) AS count FROM pg_locks WHERE NOT granted AND relation = 'message'::regclass";
        while count(&mut self.0, waiting).await == 0 {
            tokio::task::yield_now().await;
        }
    }

    async fn lift(mut self) {
        self.0.batch_execute("ROLLBACK").await.unwrap();
    }
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

pub(super) async fn count(connection: &mut AsyncPgConnection, query: &str) -> i64 {
    sql_query(query).get_result::<Count>(connection).await.unwrap().count
}

/// The number of transactions that inserted the messages.
async fn transactions(database: &Database) -> i64 {
    let mut connection = AsyncPgConnection::establish(&database.url()).await.unwrap();
    count(&mut connection, "SELECT count(DISTINCT xmin::text) AS count FROM message").await
}

/// Starts `first`, queues `others` behind it, then lets all continue.
async fn blocked<A, B>(database: &Database, first: impl Future<Output = A>, others: impl Future<Output = B>) -> (A, B) {
    let mut barrier = Barrier::before_messages(database).await;
    let others = async {
        barrier.is_met().await;
        let mut others = std::pin::pin!(others);
        // Polled once, each of them is queued.
        assert!(others.as_mut().now_or_never().is_none());
        barrier.lift().await;
        others.await
    };
    tokio::join!(first, others)
}

#[tokio::test]
async fn concurrent_messages_share_a_commit() {
    let (store, database) = store().await;
    let others = join_all((1..=100).map(|n| append(&store, n)));
    let (first, others) = blocked(&database, append(&store, 0), others).await;
    assert!(first.is_ok() && others.iter().all(Result::is_ok));
    assert_eq!(transactions(&database).await, 2, "the first alone, the others together");
}

#[tokio::test]
async fn a_bad_row_fails_alone() {
    let (store, database) = store().await;
    append(&store, 50).await.unwrap();
    let others = join_all((1..=100).map(|n| append(&store, n)));
    let (first, others) = blocked(&database, append(&store, 0), others).await;
    first.unwrap();
    for (n, done) in (1..=100).zip(others) {
        match n {
            50 => assert!(matches!(done, Err(AppendError::Store(StoreError::Internal(_)))), "{done:?}"),
            _ => assert_eq!(done.unwrap(), Creation::Created(message(n))),
        }
    }
    let page = MessagePage { after: None, limit: 100 };
    let conversation = ConversationId::parse("c").unwrap();
    let found = store.list(&workspace(), &conversation, page).await.unwrap();
    assert_eq!(found.messages, (0..100).map(message).collect::<Vec<_>>(), "each once and in order");
    assert_eq!(found.next, Some(message(99).id));
}

#[tokio::test]
async fn attempts_with_the_same_key_in_one_batch_create_one_message() {
    let (store, database) = store().await;
    let (once, twice) = (attempt("once"), attempt("twice"));
    let send = async |n: u128| {
        let attempt = match n % 3 {
            0 => None,
            1 => Some(&once),
            _ => Some(&twice),
        };
        store.append(&workspace(), &message(n), attempt).await.unwrap()
    };
    let (_, made) = blocked(&database, append(&store, 0), join_all((1..=30).map(send))).await;
    for (n, made) in (1..=30).zip(made) {
        let expected = match n {
            1 | 2 => Creation::Created(message(n)),
            n if n % 3 == 0 => Creation::Created(message(n)),
            n => Creation::Replayed(message(n % 3)),
        };
        assert_eq!(made, expected);
    }
}

#[tokio::test]
async fn a_full_queue_rejects_messages_and_writes_the_queued_ones() {
    let (store, database) = store().await;
    let others = join_all((1..=1_200).map(|n| append(&store, n)));
    let (first, others) = blocked(&database, append(&store, 0), others).await;
    first.unwrap();
    let refused =
        others.iter().filter(|done| matches!(done, Err(AppendError::Store(StoreError::Unavailable(_))))).count();
    assert_eq!(refused, 1_200 - 1_024);
    assert!(others[..1_024].iter().all(Result::is_ok), "the first in the queue");
}

#[tokio::test]
async fn the_queue_is_bounded_by_bytes_too() {
    let (store, database) = store().await;
    let large =
        |n| Message { data: JsonText::from_stored(format!("\"{}\"", "x".repeat(256 * 1_024 - 2))), ..message(n) };
    let send = async |n| store.append(&workspace(), &large(n), None).await;
    let others = join_all((1..=100).map(send));
    let (first, others) = blocked(&database, append(&store, 0), others).await;
    first.unwrap();
    assert_eq!(others.iter().filter(|done| done.is_ok()).count(), 63, "16 MiB, with the first");
    let after = join_all((101..=164).map(send)).await;
    assert!(after.iter().all(Result::is_ok));
}

#[tokio::test]
async fn a_key_that_is_locked_for_long_delays_its_sender_alone() {
    let (store, database) = store().await;
    append(&store, 0).await.unwrap();
    let mut other = AsyncPgConnection::establish(&database.url()).await.unwrap();
    let hold = "BEGIN; INSERT INTO idempotency (workspace_id, api_key_id, key, fingerprint, made_at, made)
                VALUES ('w', '\\x00000000000000000000000000000001', 'held', sha256(''), 1, '{}')";
    other.batch_execute(hold).await.unwrap();
    let held = attempt("held");
    let sender = async { store.append(&workspace(), &message(1), Some(&held)).await };
    let others = async {
        let done = join_all((2..=20).map(|n| append(&store, n))).await;
        assert!(done.iter().all(Result::is_ok));
        other.batch_execute("ROLLBACK").await.unwrap();
    };
    // The others are inserted before the key is free, the message with the key only then.
    let (sent, ()) = tokio::join!(sender, others);
    assert_eq!(sent.unwrap(), Creation::Created(message(1)));
    let again = store.append(&workspace(), &message(30), Some(&held)).await.unwrap();
    assert_eq!(again, Creation::Replayed(message(1)));
}

/// Such as after a failover, when the name of the primary resolves to another server.
#[tokio::test]
async fn a_server_that_accepts_writes_again_receives_writes_again() {
    let (store, database) = store().await;
    append(&store, 0).await.unwrap();
    let mut admin = AsyncPgConnection::establish(&database.url()).await.unwrap();
    let alter = |what| format!("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I {what}', current_database()); END $$");
    admin.batch_execute(&alter("SET default_transaction_read_only = on")).await.unwrap();
    let end = "SELECT count(pg_terminate_backend(pid, 1000)) AS count FROM pg_stat_activity
               WHERE datname = current_database() AND pid <> pg_backend_pid()";
    count(&mut admin, end).await;
    for n in 1..4 {
        let refused = append(&store, n).await;
        assert!(matches!(refused, Err(AppendError::Store(StoreError::Unavailable(_)))), "{refused:?}");
    }
    admin.batch_execute(&alter("RESET default_transaction_read_only")).await.unwrap();
    append(&store, 4).await.unwrap();
}

#[tokio::test]
async fn closing_writes_the_queued_messages() {
    let (store, database) = store().await;
    let others = async {
        let others = join_all((1..=600).map(|n| append(&store, n)));
        tokio::join!(others, store.close()).0
    };
    let (first, others) = blocked(&database, append(&store, 0), others).await;
    first.unwrap();
    assert!(others.iter().all(Result::is_ok));
    let late = append(&store, 700).await;
    assert!(matches!(late, Err(AppendError::Store(StoreError::Unavailable(_)))), "{late:?}");
}

#[tokio::test]
async fn a_message_whose_caller_has_stopped_waiting_is_not_written() {
    let (store, database) = store().await;
    let others = async {
        {
            let gone = std::pin::pin!(append(&store, 1));
            assert!(gone.now_or_never().is_none());
        }
        append(&store, 2).await
    };
    let (_, second) = blocked(&database, append(&store, 0), others).await;
    second.unwrap();
    let page = MessagePage { after: None, limit: 100 };
    let found = store.list(&workspace(), &ConversationId::parse("c").unwrap(), page).await.unwrap();
    assert_eq!(found.messages, [message(0), message(2)]);
}

/// The next message opens a new one, without an error in between.
#[tokio::test]
async fn a_connection_lost_while_idle_costs_no_message() {
    let (store, database) = store().await;
    append(&store, 0).await.unwrap();
    let mut other = AsyncPgConnection::establish(&database.url()).await.unwrap();
    let end = "SELECT count(pg_terminate_backend(pid, 1000)) AS count FROM pg_stat_activity
               WHERE datname = current_database() AND pid <> pg_backend_pid()";
    assert!(count(&mut other, end).await > 0);
    // The driver has not received the termination yet.
    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    append(&store, 1).await.unwrap();
}
