use std::time::{Duration, Instant};

use test_postgres::{Cluster, Shutdown};

use super::{
    RECOVERY, alone,
    fleet::{Fleet, NO_LIMITS},
    load::Load,
    server,
};

/// Two servers of which one follows the other, and what is acknowledged is on both.
fn pair() -> (Cluster, Cluster) {
    let primary = server();
    let standby = primary.standby();
    primary.set("synchronous_standby_names", "standby");
    (primary, standby)
}

/// Which of them takes writes is not said: of several hosts it is the one that is looked for.
fn url_of_both((primary, standby): &(Cluster, Cluster)) -> String {
    format!("postgres://postgres@127.0.0.1:{},127.0.0.1:{}/postgres", primary.port(), standby.port())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs PostgreSQL as the backend"]
async fn the_standby_takes_over_by_itself_when_the_primary_ends() {
    let _alone = alone().await;
    let pair = pair();
    let fleet = Fleet::start(&url_of_both(&pair), 2, &NO_LIMITS);
    let load = Load::begin(&fleet, "c").await;
    tokio::task::block_in_place(|| pair.0.stop(Shutdown::Immediate));
    assert!(fleet.health(0, "ready").await.is_unavailable(), "a standby takes no writes");
    tokio::task::block_in_place(|| pair.1.promote());
    let took = fleet.until_it_works().await;
    assert!(took < RECOVERY, "{took:?}");
    load.until_sent(100).await;
    let ledger = load.end().await;
    assert_eq!(ledger.cut, 0, "the replicas answer all along");
    ledger.check(&fleet, "c").await;
}

/// A machine that hangs accepts connections and says nothing; the other one must be found behind it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs PostgreSQL as the backend"]
async fn the_standby_takes_over_also_when_the_primary_only_says_nothing() {
    let _alone = alone().await;
    let pair = pair();
    let url = format!("{}?target_session_attrs=read-write", url_of_both(&pair));
    let fleet = Fleet::start(&url, 2, &NO_LIMITS);
    let load = Load::begin(&fleet, "c").await;
    let frozen = pair.0.freeze();
    tokio::task::block_in_place(|| pair.1.promote());
    let begin = Instant::now();
    fleet.until_it_works().await;
    // What waits for the silent one has to give up first.
    assert!(begin.elapsed() < Duration::from_secs(15), "{:?}", begin.elapsed());
    load.until_sent(100).await;
    let ledger = load.end().await;
    assert_eq!(ledger.cut, 0, "the replicas answer all along");
    ledger.check(&fleet, "c").await;
    drop(fleet); // before the old primary comes back, which nobody fences off here
    frozen.thaw();
}
