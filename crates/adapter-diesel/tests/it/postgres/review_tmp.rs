use std::{sync::Arc, time::{Duration, Instant}};
use diesel::{QueryableByName, sql_query, sql_types::BigInt};
use diesel_async::{RunQueryDsl, SimpleAsyncConnection as _};
use domain::{
    access::{ApiKeySecret},
    id::{ApiKeyId, MessageId, WidgetId},
    idempotency::{Attempt, Fingerprint, IdempotencyKey},
    json::JsonText, message::Message, names::{ConversationId, UserId, WorkspaceId},
    rate_limit::{LimitClass, RateLimit}, time::Timestamp, widget::{Page, Version, WidgetFilter, WidgetKey},
};
use futures_util::{FutureExt as _, future::join_all};
use ports::{ApiKeyStore as _, MessageStore as _, RateLimiter as _, contract::rate_limiter::SetClock};
use uuid::Uuid;
use super::fixture::{connect, connection, migrated};

fn message(n: u128, bytes: usize) -> Message {
    Message {
        id: MessageId::from_uuid(Uuid::from_u128(n + 1)),
        conversation: ConversationId::parse("c").unwrap(),
        peer: None, widget: WidgetId::from_uuid(Uuid::from_u128(1)), widget_version: Version::FIRST,
        widget_key: WidgetKey::parse("card").unwrap(),
        data: JsonText::from_stored(format!("{{\"n\":\"{}\"}}", {
            let mut x = 88172645463325252u64 ^ (n as u64).wrapping_mul(0x9E3779B97F4A7C15);
            (0..bytes).map(|_| { x ^= x << 13; x ^= x >> 7; x ^= x << 17; char::from(b'0' + (x % 75) as u8).to_ascii_lowercase() }).filter(|c| c.is_ascii_alphanumeric()).collect::<String>()
        })),
        text: None, sent_at: Timestamp::from_micros(1), sent_by: UserId::parse("u").unwrap(),
    }
}
fn ws(n: &str) -> WorkspaceId { WorkspaceId::parse(n).unwrap() }
fn attempt(key: &str) -> Attempt {
    Attempt { api_key: ApiKeyId::from_uuid(Uuid::from_u128(1)), key: IdempotencyKey::parse(key).unwrap(),
        fingerprint: Fingerprint([0; 32]), made_at: Timestamp::from_micros(1) }
}
#[derive(QueryableByName)]
struct Number { #[diesel(sql_type = BigInt)] number: i64 }

#[tokio::test]
async fn a_read_only_lane() {
    let database = migrated().await;
    let store = connect(&database.url()).await;
    store.append(&ws("w"), &message(0, 10), None).await.unwrap();
    let mut admin = connection(&database).await;
    admin.batch_execute("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on', current_database()); END $$").await.unwrap();
    let kill = "SELECT pg_terminate_backend(pid, 1000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
    admin.batch_execute(kill).await.unwrap();
    for _ in 0..5 { println!("while read-only: {:?}", store.append(&ws("w"), &message(1, 10), None).await.map(drop)); tokio::time::sleep(Duration::from_millis(50)).await; }
    println!("pool: {:?}", store.revoke(ApiKeyId::from_uuid(Uuid::from_u128(1)), Timestamp::from_micros(1)).await.map(drop));
    admin.batch_execute("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I RESET default_transaction_read_only', current_database()); END $$").await.unwrap();
    for n in 0..4 {
        tokio::time::sleep(Duration::from_secs(3)).await;
        println!("{} s after: pool {:?} lane {:?}", 3 * (n + 1),
            store.revoke(ApiKeyId::from_uuid(Uuid::from_u128(1)), Timestamp::from_micros(1)).await.map(drop),
            store.append(&ws("w"), &message(2 + n, 10), None).await.map(drop));
    }
}

#[tokio::test]
async fn giants() {
    let database = migrated().await;
    let store = connect(&database.url()).await;
    for n in 0..20 { store.append(&ws("w"), &message(n, 10), None).await.unwrap(); }
    let begun = Instant::now();
    store.append(&ws("w"), &message(100, 10), None).await.unwrap();
    println!("a small one alone: {:?}", begun.elapsed());
    for many in [64u128, 255, 900] {
        let giants: Vec<_> = (0..many).map(|n| message(1000 * many + n, 380_000)).collect();
        println!("{} bytes each", giants[0].data.as_str().len());
        let hostile = ws("hostile");
        let begun = Instant::now();
        let all = join_all(giants.iter().map(|m| async { let r = store.append(&hostile, m, None).await; (r.is_ok(), begun.elapsed()) }));
        let small = message(9_000_000 + many, 10);
        let w = ws("w");
        let one = async { tokio::time::sleep(Duration::from_millis(5)).await; let b = Instant::now(); let r = store.append(&w, &small, None).await; (r.map(drop), b.elapsed()) };
        let (all, one) = tokio::join!(all, one);
        println!("{many} giants: ok {} last {:?}; small one of another tenant: {one:?}", all.iter().filter(|a| a.0).count(), all.iter().map(|a| a.1).max());
    }
}

#[tokio::test]
async fn a_locked_key() {
    let database = migrated().await;
    let store = connect(&database.url()).await;
    store.append(&ws("w"), &message(0, 10), None).await.unwrap();
    let mut other = connection(&database).await;
    other.batch_execute("BEGIN; INSERT INTO idempotency VALUES ('w', '\\x00000000000000000000000000000001', 'k', '\\x00', 1, '{}')").await.unwrap();
    let (w, v) = (ws("w"), ws("v"));
    let k = attempt("k");
    let m = message(1, 10);
    let begun = Instant::now();
    let locked = async { store.append(&w, &m, Some(&k)).await.map(drop) };
    let innocents: Vec<_> = (2..12).map(|n| message(n, 10)).collect();
    let others = async { tokio::time::sleep(Duration::from_millis(2)).await; join_all(innocents.iter().map(|m| async { (store.append(&v, m, None).await.map(drop), begun.elapsed()) })).await };
    let (locked, others) = tokio::join!(locked, others);
    println!("locked {locked:?}; others behind it: {:?}", others[0]);
    // now in one batch
    let all: Vec<_> = (20..30).map(|n| message(n, 10)).collect();
    let begun = Instant::now();
    let first = message(50, 10);
    let (a, b, c) = tokio::join!(store.append(&v, &first, None), store.append(&w, &m, Some(&k)), join_all(all.iter().map(|m| async { (store.append(&v, m, None).await.map(drop), begun.elapsed()) })));
    println!("first {:?} locked {:?} batch mates {:?}", a.map(drop), b.map(drop), c[0]);
}

#[tokio::test]
async fn a_limit_that_is_changed() {
    let database = migrated().await;
    let clock = Arc::new(SetClock::default());
    let before = connect(&database.url()).await.rate_limiter(clock.clone());
    let key = ApiKeyId::from_uuid(Uuid::from_u128(7));
    for _ in 0..2 { println!("{:?}", before.take(&ws("w"), key, LimitClass::Message, RateLimit { requests: 1, window_seconds: 3600 }).await); }
    let after = connect(&database.url()).await.rate_limiter(clock.clone());
    let new = RateLimit { requests: 3, window_seconds: 1 };
    use ports::Clock as _;
    for s in 1..5 {
        clock.set(Timestamp::from_micros(clock.now().as_micros() + 2_000_000));
        println!("{} s later, 3 a second: {:?}", 2 * s, after.take(&ws("w"), key, LimitClass::Message, new).await);
    }
}

#[tokio::test]
async fn abandoned_reads_pile_up() {
    let database = migrated().await;
    let store = connect(&database.url()).await;
    let mut other = connection(&database).await;
    other.batch_execute("BEGIN; LOCK TABLE widget IN ACCESS EXCLUSIVE MODE").await.unwrap();
    let (w, f) = (ws("w"), WidgetFilter::default());
    let page = Page { number: 1, limit: 10 };
    for _ in 0..60 {
        let _ = tokio::time::timeout(Duration::from_millis(30), ports::WidgetStore::list(&store, &w, &f, page)).await;
    }
    let n = sql_query("SELECT count(*) AS number FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'").get_result::<Number>(&mut other).await.unwrap().number;
    println!("{n} backends wait");
    let begun = Instant::now();
    let found = store.find_key().await;
    println!("another table's read after 60 abandoned: {found:?} in {:?}", begun.elapsed());
}
trait FindKey { async fn find_key(&self) -> String; }
impl FindKey for adapter_diesel::PostgresStore {
    async fn find_key(&self) -> String { format!("{:?}", ports::ApiKeyStore::find(self, ApiKeySecret::from_random(1).hash()).await.map(drop)) }
}
#[allow(dead_code)]
fn unused() { let _ = async {}.now_or_never(); }

#[tokio::test]
async fn an_abandoned_transaction_holds_its_key() {
    let database = migrated().await;
    let (replica, other) = (connect(&database.url()).await, connect(&database.url()).await);
    other.append(&ws("v"), &message(0, 10), None).await.unwrap();
    let mut admin = connection(&database).await;
    admin.batch_execute("BEGIN; LOCK TABLE peer_widget IN SHARE MODE").await.unwrap();
    let workspace = ws("hostile");
    let id = Uuid::from_u128(77);
    admin.batch_execute("INSERT INTO widget VALUES ('hostile', '\\x0000000000000000000000000000004d', 'card', 'general', 1, 1, 'u', 1, 1, NULL, 'n', '[]', 's', 'd'); COMMIT; BEGIN; LOCK TABLE peer_widget IN SHARE MODE").await.unwrap();
    let binding = domain::binding::PeerWidget { id: domain::id::PeerWidgetId::from_uuid(Uuid::from_u128(5)), peer: domain::names::PeerId::parse("peer").unwrap(), widget: WidgetId::from_uuid(id), enabled: true,
        config: domain::binding::BindingConfig { default_props: None, allow_custom_data: None }, added_at: Timestamp::from_micros(1) };
    let k = attempt("k");
    let _ = tokio::time::timeout(Duration::from_millis(200), ports::BindingStore::add(&replica, &workspace, &binding, Some(&k))).await;
    admin.batch_execute("ROLLBACK").await.unwrap();
    tokio::time::sleep(Duration::from_millis(300)).await;
    let n = sql_query("SELECT count(*) AS number FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'").get_result::<Number>(&mut admin).await.unwrap().number;
    println!("{n} idle in transaction after the caller has gone");
    let begun = Instant::now();
    let m = message(1, 10);
    let v = ws("v");
    let hostile = async { other.append(&workspace, &m, Some(&k)).await.map(drop) };
    let innocents: Vec<_> = (2..5).map(|n| message(n, 10)).collect();
    let others = async { tokio::time::sleep(Duration::from_millis(2)).await; join_all(innocents.iter().map(|m| async { (other.append(&v, m, None).await.map(drop), begun.elapsed()) })).await };
    println!("{:?}", tokio::join!(hostile, others));
}
