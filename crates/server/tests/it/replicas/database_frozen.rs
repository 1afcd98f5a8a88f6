use std::time::{Duration, Instant};

use super::{
    RECOVERY, alone,
    fleet::{Fleet, NO_LIMITS},
    load::Load,
    server,
};

/// Maximum time until a request gets a 503 because the database does not respond.
const SOON: Duration = Duration::from_secs(10);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs PostgreSQL as the backend"]
async fn a_frozen_database_delays_no_request_for_long_and_duplicates_nothing() {
    let _alone = alone().await;
    let server = server();
    let fleet = Fleet::start(&server.url("postgres"), 2, &NO_LIMITS);
    let load = Load::begin(&fleet, "c").await;
    let (frozen, begin) = (server.freeze(), Instant::now());
    while begin.elapsed() < Duration::from_secs(12) {
        for replica in 0..2 {
            let live = fleet.health(replica, "live").await;
            assert!(live.status == 200 && live.took < Duration::from_secs(1), "{live:?}");
            let ready = fleet.health(replica, "ready").await;
            assert!(ready.is_unavailable() && ready.took < Duration::from_secs(5), "{ready:?}");
        }
    }
    frozen.thaw();
    let took = fleet.until_it_works().await;
    assert!(took < RECOVERY, "{took:?}");
    load.until_sent(100).await;
    let ledger = load.end().await;
    assert!(ledger.unavailable > 0 && ledger.repeated > 0, "{ledger:?}");
    assert_eq!(ledger.cut, 0, "the replicas answer every request");
    assert!(ledger.slowest < SOON, "{:?}", ledger.slowest);
    ledger.check(&fleet, "c").await;
}
