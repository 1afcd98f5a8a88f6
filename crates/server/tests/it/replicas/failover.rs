use std::time::{Duration, Instant};

use test_postgres::{Cluster, Shutdown};

use super::{
    RECOVERY, alone,
    fleet::{Fleet, NO_LIMITS},
    load::Load,
    server,
};

/// A primary with a synchronous standby: every acknowledged commit is on both.
fn pair() -> (Cluster, Cluster) {
    let primary = server();
    let standby = primary.standby();
    primary.set("synchronous_standby_names", "standby");
    (primary, standby)
}

/// The URL of both hosts. The service finds the one that accepts writes.
fn url_of_both((primary, standby): &(Cluster, Cluster)) -> String {
    format!("postgres://postgres@127.0.0.1:{},127.0.0.1:{}/postgres", primary.port(), standby.port())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs PostgreSQL as the backend"]
async fn replicas_follow_the_failover_when_the_primary_stops() {
    let _alone = alone().await;
    let pair = pair();
    let fleet = Fleet::start(&url_of_both(&pair), 2, &NO_LIMITS);
    let load = Load::begin(&fleet, "c").await;
    tokio::task::block_in_place(|| pair.0.stop(Shutdown::Immediate));
    assert!(fleet.health(0, "ready").await.is_unavailable(), "a standby accepts no writes");
    tokio::task::block_in_place(|| pair.1.promote());
    let took = fleet.until_it_works().await;
    assert!(took < RECOVERY, "{took:?}");
    load.until_sent(100).await;
    let ledger = load.end().await;
    assert_eq!(ledger.cut, 0, "the replicas answer every request");
    ledger.check(&fleet, "c").await;
}

/// A machine that hangs accepts connections and does not respond. The service must skip it and find the other one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs PostgreSQL as the backend"]
async fn replicas_follow_the_failover_when_the_primary_hangs() {
    let _alone = alone().await;
    let pair = pair();
    let url = format!("{}?target_session_attrs=read-write", url_of_both(&pair));
    let fleet = Fleet::start(&url, 2, &NO_LIMITS);
    let load = Load::begin(&fleet, "c").await;
    let frozen = pair.0.freeze();
    tokio::task::block_in_place(|| pair.1.promote());
    let begin = Instant::now();
    fleet.until_it_works().await;
    // Operations that wait for the frozen primary time out first.
    assert!(begin.elapsed() < Duration::from_secs(15), "{:?}", begin.elapsed());
    load.until_sent(100).await;
    let ledger = load.end().await;
    assert_eq!(ledger.cut, 0, "the replicas answer every request");
    ledger.check(&fleet, "c").await;
    drop(fleet); // before the old primary comes back, since this test does not fence it off
    frozen.thaw();
}
