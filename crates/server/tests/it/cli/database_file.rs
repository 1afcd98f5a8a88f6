//! What happens to a service whose database file is taken away or used by another service. PostgreSQL has no such file.

use std::{
    fs,
    os::unix::fs::symlink,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use super::process::{Home, Service, TIMEOUT, client, run_to_its_end, stderr};
use crate::harness::Backend;

/// Whether the database is a file. Otherwise these tests check nothing.
fn is_a_file() -> bool {
    Backend::chosen() == Backend::Sqlite
}

async fn send(service: &Service, key: &str) -> (u16, Value) {
    let message = json!({"type": "widget", "widgetKey": "task-kanban", "data": {"columns": []}});
    let request = client().post(service.url("/api/v1/conversation/c/message")).bearer_auth(key).json(&message);
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

async fn messages(service: &Service, key: &str) -> usize {
    let request = client().get(service.url("/api/v1/conversation/c/message?limit=100")).bearer_auth(key);
    let body: Value = request.send().await.unwrap().json().await.unwrap();
    body["data"]["messages"].as_array().unwrap().len()
}

async fn readiness(service: &Service) -> (u16, Value) {
    let answer = client().get(service.url("/health/ready")).send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

/// No client sends anything.
async fn until_unready(service: &Service) -> Value {
    let begin = Instant::now();
    loop {
        let (status, body) = readiness(service).await;
        if status == 503 {
            return body;
        }
        assert!(begin.elapsed() < TIMEOUT, "it stays ready");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn no_message_is_acknowledged_into_a_file_that_was_replaced() {
    if !is_a_file() {
        return;
    }
    let home = Home::migrated();
    let key = home.new_key();
    let backup = home.path().join("backup.db");
    fs::copy(home.database_file(), &backup).unwrap();
    let mut service = home.start();
    assert_eq!(send(&service, &key).await.0, 201);
    fs::rename(&backup, home.database_file()).unwrap();
    for _ in 0..5 {
        let (status, body) = send(&service, &key).await;
        assert_eq!(status, 503, "{body}");
        let message = body["error"].as_str().unwrap();
        assert!(message.contains("was replaced or deleted") && message.contains("restart"), "{message}");
    }
    assert_eq!(readiness(&service).await.0, 503);
    // The next start uses the file that was put there, which is unchanged.
    service.signal("KILL");
    service.wait();
    let log = home.log();
    assert!(log.contains("widgetd.db was replaced by another file while it was open"), "{log}");
    let restarted = home.start();
    assert_eq!(messages(&restarted, &key).await, 0);
    assert_eq!(send(&restarted, &key).await.0, 201);
    assert_eq!(messages(&restarted, &key).await, 1);
}

#[tokio::test]
async fn an_idle_service_notices_that_its_files_were_deleted() {
    if !is_a_file() {
        return;
    }
    for file in ["widgetd.db", "widgetd.db-wal", "widgetd.db-shm"] {
        let home = Home::migrated();
        let service = home.start();
        assert_eq!(readiness(&service).await.0, 200);
        fs::remove_file(home.path().join(file)).unwrap();
        let body = until_unready(&service).await;
        assert!(body["error"].as_str().unwrap().contains("was replaced or deleted"), "{file}: {body}");
        assert!(home.log().contains(&format!("{file} was deleted or moved away")), "{file}: {}", home.log());
    }
}

#[tokio::test]
async fn messages_acknowledged_before_the_file_was_moved_are_in_it() {
    if !is_a_file() {
        return;
    }
    let home = Home::migrated();
    let key = home.new_key();
    let mut service = home.start();
    for _ in 0..3 {
        assert_eq!(send(&service, &key).await.0, 201);
    }
    let moved = home.path().join("moved.db");
    fs::rename(home.database_file(), &moved).unwrap();
    until_unready(&service).await;
    service.signal("KILL");
    service.wait();
    for file in fs::read_dir(home.path()).unwrap().map(|entry| entry.unwrap().path()) {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        if name.starts_with("widgetd.db-") {
            fs::remove_file(file).unwrap();
        }
    }
    fs::rename(&moved, home.database_file()).unwrap();
    assert_eq!(messages(&home.start(), &key).await, 3);
}

#[tokio::test]
async fn a_second_service_on_one_file_refuses_to_start_and_says_why() {
    if !is_a_file() {
        return;
    }
    let home = Home::new();
    let mut service = home.start();
    let file = home.database_file();
    let link = home.path().join("link.db");
    symlink(&file, &link).unwrap();
    for url in ["sqlite:widgetd.db", "sqlite:./widgetd.db", &format!("sqlite://{}", file.display()), "sqlite:link.db"] {
        let output = run_to_its_end(home.command(&["serve"]).env("WIDGETD_DATABASE_URL", url));
        assert_eq!(output.status.code(), Some(1), "{url}: {output:?}");
        let message = stderr(&output);
        let expected = format!("is in use by another service (process {})", service.id());
        assert!(message.contains(&expected) && message.contains("WIDGETD_DATABASE_URL"), "{url}: {message}");
        assert!(output.stdout.is_empty(), "{url}: {output:?}");
    }
    // Commands still work next to it, and it keeps running.
    let key = home.new_key();
    assert!(home.run(&["migrate"]).status.success());
    assert_eq!(service.status_with_key(&key).await, 200);
    // The lock is released when the process ends, even by a kill.
    service.signal("KILL");
    service.wait();
    assert_eq!(home.start().status_with_key(&key).await, 200);
}

#[test]
fn key_commands_create_no_database() {
    if !is_a_file() {
        return;
    }
    let home = Home::new();
    for arguments in [&["key", "list"][..], &["key", "create", "--workspace", "w", "--user", "u", "--permissions", ""]]
    {
        let output = home.run(arguments);
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        let message = stderr(&output);
        assert!(message.contains("widgetd.db does not exist: `widgetd migrate`"), "{message}");
    }
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
    home.make_empty();
    home.run(&["key", "list"]);
    assert_eq!(fs::metadata(home.database_file()).unwrap().len(), 0, "an empty file stays empty");
}
