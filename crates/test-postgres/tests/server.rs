//! Servers, templates and databases.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::{path::Path, process::Command, time::Duration};

use test_postgres::{Database, Server, Template};
use tokio_postgres::{Client, NoTls};

async fn connect(url: &str) -> Client {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}

async fn count(url: &str) -> i64 {
    connect(url).await.query_one("SELECT count(*) FROM t", &[]).await.unwrap().get(0)
}

#[tokio::test]
async fn each_copy_of_a_template_is_a_separate_database() {
    let template = Template::new(Server::shared(), async |url| {
        connect(&url).await.batch_execute("CREATE TABLE t (n int); INSERT INTO t VALUES (1)").await.unwrap();
    })
    .await;
    let (one, other) = tokio::join!(template.copy(), template.copy());
    connect(&one.tcp_url()).await.batch_execute("INSERT INTO t VALUES (2)").await.unwrap();
    assert_eq!(count(&one.url()).await, 2);
    assert_eq!(count(&other.url()).await, 1);
}

#[tokio::test]
async fn a_database_in_use_is_dropped() {
    let database = Database::empty(Server::shared());
    let url = database.url();
    let client = connect(&url).await;
    drop(database);
    while tokio_postgres::connect(&url, NoTls).await.is_ok() {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert!(client.batch_execute("SELECT 1").await.is_err());
}

/// Run by the test below in a separate process.
#[test]
#[ignore = "a part of `a_server_ends_with_its_process_even_if_that_is_killed`"]
fn start_a_server_and_be_killed() {
    println!("{}", Server::private(&[], &[]).url("postgres"));
    let _ = Command::new("kill").args(["-KILL", &std::process::id().to_string()]).status();
    unreachable!("killed");
}

#[test]
fn a_server_ends_with_its_process_even_if_that_is_killed() {
    let this = std::env::current_exe().unwrap();
    let output =
        Command::new(this).args(["--ignored", "--nocapture", "start_a_server_and_be_killed"]).output().unwrap();
    let stdout = String::from_utf8_lossy(&output.stdout);
    let url = stdout.lines().find_map(|line| line.split("postgres://postgres@").nth(1)).expect("a server was started");
    let directory = url.split(':').next().unwrap().replace("%2F", "/");
    for _ in 0..200 {
        if !Path::new(&directory).exists() {
            return; // the watcher removes the directory after the server has ended
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("{directory} still exists");
}
