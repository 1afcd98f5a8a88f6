use super::{
    alone,
    fleet::{Fleet, NO_LIMITS},
    load::Load,
    server,
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs PostgreSQL as the backend"]
async fn a_replica_that_is_killed_under_load_loses_and_duplicates_nothing() {
    let _alone = alone().await;
    let server = server();
    let mut fleet = Fleet::start(&server.url("postgres"), 3, &NO_LIMITS);
    let load = Load::begin(&fleet, "c").await;
    for round in 0..4 {
        let killed = &mut fleet.replicas[round % 3];
        killed.service.signal("KILL");
        killed.service.wait();
        load.until_sent(100).await;
        tokio::task::block_in_place(|| killed.start_again());
        load.move_to(fleet.addresses());
        load.until_sent(100).await;
    }
    let ledger = load.end().await;
    assert!(ledger.cut > 0 && ledger.repeated > 0, "{ledger:?}");
    assert_eq!(ledger.unavailable, 0, "the database was available all the time");
    ledger.check(&fleet, "c").await;
}
