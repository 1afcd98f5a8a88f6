//! Stops, restarts, freezes and promotes clusters.

use std::time::Duration;

use test_postgres::{Cluster, Shutdown};
use tokio_postgres::NoTls;

const SETTINGS: [(&str, &str); 1] = [("synchronous_commit", "on")];

#[test]
fn committed_data_survives_a_restart_on_the_same_port() {
    let cluster = Cluster::start(&SETTINGS, &[]);
    cluster.query("CREATE TABLE t (n int)");
    let port = cluster.port();
    for (n, how) in [(1, Shutdown::Immediate), (2, Shutdown::Fast)] {
        cluster.query(&format!("INSERT INTO t VALUES ({n})"));
        cluster.stop(how);
        cluster.start_again();
    }
    assert_eq!(cluster.query("SELECT n FROM t ORDER BY n"), ["1", "2"]);
    assert_eq!(cluster.query("SHOW port"), [port.to_string()]);
}

#[tokio::test]
async fn a_frozen_server_does_not_answer_until_it_thaws() {
    let cluster = Cluster::start(&SETTINGS, &[]);
    let (client, connection) = tokio_postgres::connect(&cluster.tcp_url("postgres"), NoTls).await.unwrap();
    tokio::spawn(connection);
    let frozen = cluster.freeze();
    let answer = client.simple_query("SELECT 1");
    tokio::pin!(answer);
    assert!(tokio::time::timeout(Duration::from_secs(1), &mut answer).await.is_err());
    frozen.thaw();
    answer.await.unwrap();
}

#[test]
fn a_standby_follows_its_primary_and_can_be_promoted() {
    let primary = Cluster::start(&SETTINGS, &[]);
    let standby = primary.standby();
    primary.set("synchronous_standby_names", "standby");
    primary.set("synchronous_commit", "remote_apply");
    primary.query("CREATE TABLE t (n int)");
    assert_eq!(standby.query("SELECT count(*) FROM t"), ["0"]);
    assert_eq!(standby.query("SHOW transaction_read_only"), ["on"]);
    primary.stop(Shutdown::Immediate);
    standby.promote();
    standby.query("INSERT INTO t VALUES (1)");
    assert_eq!(standby.query("SELECT n FROM t"), ["1"]);
}
