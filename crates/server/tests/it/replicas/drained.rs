use super::{
    alone,
    fleet::{Fleet, NO_LIMITS},
    load::Load,
    server,
};

/// A connection may be closed before the service took anything from it, as by a client that sends at the very moment when
/// the connection, idle until then, is closed. What was taken is answered.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs PostgreSQL as the backend"]
async fn a_replica_that_is_told_to_stop_under_load_answers_what_it_took() {
    let _alone = alone().await;
    let server = server();
    let mut fleet = Fleet::start(&server.url("postgres"), 2, &NO_LIMITS);
    let load = Load::begin(&fleet, "c").await;
    for _ in 0..3 {
        let stopped = &mut fleet.replicas[1];
        stopped.service.signal("TERM");
        assert_eq!(tokio::task::block_in_place(|| stopped.service.wait()).code(), Some(0), "{}", stopped.home.log());
        tokio::task::block_in_place(|| stopped.start_again());
        load.move_to(fleet.addresses());
        load.until_sent(50).await;
    }
    let ledger = load.end().await;
    assert_eq!(ledger.unavailable, 0, "no 503");
    assert_eq!(ledger.untold(&fleet, "c").await, [0; 0], "sent once, kept, and not answered");
    ledger.check(&fleet, "c").await;
}
