use std::time::{Duration, Instant};

use reqwest::Method;
use test_postgres::Shutdown;

use super::{
    RECOVERY, alone,
    fleet::{Fleet, NO_LIMITS, message},
    load::Load,
    server,
};

/// Maximum time until a request gets a 503 because the database is down.
const SOON: Duration = Duration::from_secs(5);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs PostgreSQL as the backend"]
async fn a_restart_of_the_database_under_load_loses_and_duplicates_nothing() {
    let _alone = alone().await;
    let server = server();
    let fleet = Fleet::start(&server.url("postgres"), 2, &NO_LIMITS);
    let load = Load::begin(&fleet, "c").await;
    for how in [Shutdown::Immediate, Shutdown::Fast] {
        tokio::task::block_in_place(|| server.stop(how));
        let gone = Instant::now();
        while gone.elapsed() < Duration::from_secs(2) {
            for replica in 0..2 {
                let live = fleet.health(replica, "live").await;
                assert!(live.status == 200 && live.took < Duration::from_secs(1), "{live:?}");
                let ready = fleet.health(replica, "ready").await;
                assert!(ready.is_unavailable() && ready.took < SOON, "{ready:?}");
                let path = "/api/v1/conversation/other/message";
                let sent = fleet.ask(replica, Method::POST, path, Some(message(0))).await;
                assert!(sent.is_unavailable() && sent.took < SOON, "{sent:?}");
            }
        }
        tokio::task::block_in_place(|| server.start_again());
        let took = fleet.until_it_works().await;
        assert!(took < RECOVERY, "{how:?}: {took:?}");
        load.until_sent(100).await;
    }
    let ledger = load.end().await;
    assert!(ledger.unavailable > 0 && ledger.repeated > 0, "{ledger:?}");
    assert_eq!(ledger.cut, 0, "the replicas answer every request");
    assert!(ledger.slowest < SOON, "{:?}", ledger.slowest);
    ledger.check(&fleet, "c").await;
}
