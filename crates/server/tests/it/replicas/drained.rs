use super::{
    alone,
    fleet::{Fleet, NO_LIMITS},
    load::Load,
    server,
};

/// The service may close an idle connection just when a client sends on it: that request is not accepted, and gets no answer.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs PostgreSQL as the backend"]
async fn a_replica_that_stops_under_load_answers_every_request_it_accepted() {
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
    assert_eq!(ledger.unacknowledged(&fleet, "c").await, [0; 0], "stored and not answered");
    ledger.check(&fleet, "c").await;
}
