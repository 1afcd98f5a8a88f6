use std::time::{Duration, Instant};

use futures_util::future::join_all;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::{
    alone,
    fleet::{Answer, Fleet, NO_LIMITS, message},
    load::Load,
    server,
};
use crate::{
    cli::process::stdout,
    harness::{WIDGETS, binding_path, messages_path, peer_path, widget, widget_path},
};

/// Maximum age of a stale answer.
const STALE: Duration = Duration::from_secs(1);
/// Number of further requests to a replica that has shown a change: it must keep showing it.
const AGAIN: usize = 5;

/// Checks when a change is visible: immediately on the replica that made it, and within a second on every other. No replica
/// goes back to the earlier state.
async fn seen(fleet: &Fleet, made_by: usize, ask: impl AsyncFn(usize) -> Answer, is_new: impl Fn(&Answer) -> bool) {
    let made = Instant::now();
    let answer = ask(made_by).await;
    assert!(is_new(&answer), "stale on the replica that made the change: {answer:?}");
    let watch = async |replica: usize| {
        loop {
            let asked = made.elapsed();
            let answer = ask(replica).await;
            if is_new(&answer) {
                break;
            }
            assert!(asked < STALE, "replica {replica} is stale after {asked:?}: {answer:?}");
        }
        for _ in 0..AGAIN {
            let answer = ask(replica).await;
            assert!(is_new(&answer), "replica {replica} went back: {answer:?}");
        }
    };
    join_all((0..fleet.replicas.len()).map(watch)).await;
}

fn has(status: StatusCode) -> impl Fn(&Answer) -> bool {
    move |answer| answer.status == status.as_u16()
}

async fn done(fleet: &Fleet, replica: usize, method: Method, path: &str, body: Option<Value>) -> Value {
    let answer = fleet.ask(replica, method, path, body).await;
    assert!(answer.status < 300, "{answer:?}");
    answer.body["data"].clone()
}

/// Creates, changes and deletes a widget through `replica`, and checks after each step when all replicas show it.
async fn live_through(fleet: &Fleet, replica: usize, key: &str) {
    let [title, name] = ["title", "name"].map(|member| json!({ member: "x" }));
    let send = |data: &Value, peer: Option<&str>| {
        let body = json!({"type": "widget", "widgetKey": key, "data": data, "peerId": peer});
        async move |to: usize| fleet.ask(to, Method::POST, &messages_path("changes"), Some(body.clone())).await
    };
    let (plain, for_peer) = (send(&title, None), send(&title, Some("peer")));
    for to in 0..3 {
        plain(to).await; // so that each replica caches that it does not exist
    }

    let made = done(fleet, replica, Method::POST, WIDGETS, Some(widget(key))).await;
    let path = widget_path(made["id"].as_str().unwrap());
    seen(fleet, replica, &plain, has(StatusCode::CREATED)).await;

    let get = async |of: usize| fleet.ask(of, Method::GET, &path, None).await;
    for of in 0..3 {
        get(of).await;
    }
    done(fleet, replica, Method::PUT, &path, Some(json!({"name": "Renamed"}))).await;
    seen(fleet, replica, get, |answer| answer.body["data"]["name"] == "Renamed").await;

    let first = done(fleet, replica, Method::POST, &peer_path("peer"), Some(json!({"widgetKey": key}))).await;
    let binding = binding_path("peer", first["id"].as_str().unwrap());
    seen(fleet, replica, &for_peer, has(StatusCode::CREATED)).await;
    for (is_enabled, status) in [(false, StatusCode::CONFLICT), (true, StatusCode::CREATED)] {
        done(fleet, replica, Method::PUT, &binding, Some(json!({"enabled": is_enabled}))).await;
        seen(fleet, replica, &for_peer, has(status)).await;
    }
    done(fleet, replica, Method::DELETE, &binding, None).await;
    seen(fleet, replica, &for_peer, has(StatusCode::CONFLICT)).await;

    let schema = json!({"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]});
    done(fleet, replica, Method::PUT, &path, Some(json!({"schema": schema}))).await;
    seen(fleet, replica, &plain, has(StatusCode::BAD_REQUEST)).await;
    seen(fleet, replica, send(&name, None), has(StatusCode::CREATED)).await;

    done(fleet, replica, Method::DELETE, &path, None).await;
    seen(fleet, replica, send(&name, None), has(StatusCode::NOT_FOUND)).await;
    seen(fleet, replica, get, has(StatusCode::NOT_FOUND)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs PostgreSQL as the backend"]
async fn a_change_is_visible_on_all_replicas_within_a_second_under_load() {
    let _alone = alone().await;
    let server = server();
    let fleet = Fleet::start(&server.url("postgres"), 3, &NO_LIMITS);
    let load = Load::begin(&fleet, "c").await;
    for turn in 0..6 {
        live_through(&fleet, turn % 3, &format!("card-{turn}")).await;
    }
    let ledger = load.end().await;
    assert_eq!((ledger.unavailable, ledger.cut), (0, 0), "no request failed");
    ledger.check(&fleet, "c").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs PostgreSQL as the backend"]
async fn a_key_works_on_all_replicas_once_created_and_on_none_a_second_after_its_revocation() {
    let _alone = alone().await;
    let server = server();
    let fleet = Fleet::start(&server.url("postgres"), 3, &NO_LIMITS);
    let load = Load::begin(&fleet, "c").await;
    let command = |arguments: &[&str]| {
        let output = tokio::task::block_in_place(|| fleet.replicas[0].home.run(arguments));
        assert!(output.status.success(), "{output:?}");
        stdout(&output)
    };
    for turn in 0..4 {
        let user = format!("user-{turn}");
        let permissions = "WIDGETS_USE_BASIC";
        let made = command(&["key", "create", "--workspace", "w", "--user", &user, "--permissions", permissions]);
        let key = made.lines().last().unwrap();
        let send =
            async |to: usize| fleet.ask_as(key, to, Method::POST, &messages_path("keys"), Some(message(turn))).await;
        // Twice: from the store, and from the cache.
        for replica in [0, 1, 2, 0, 1, 2] {
            let answer = send(replica).await;
            assert_eq!(answer.status, 201, "{answer:?}");
        }
        let listed = command(&["key", "list"]);
        let line = listed.lines().find(|line| line.contains(&user)).unwrap();
        let id = line.split_whitespace().find(|word| word.starts_with("key_")).unwrap();
        command(&["key", "revoke", id]);
        let revoked = Instant::now();
        let watch = async |replica: usize| {
            loop {
                let asked = revoked.elapsed();
                let answer = send(replica).await;
                if answer.status == 401 {
                    break;
                }
                assert!(asked < STALE && answer.status == 201, "after {asked:?}: {answer:?}");
            }
            for _ in 0..AGAIN {
                assert_eq!(send(replica).await.status, 401);
            }
        };
        join_all((0..3).map(watch)).await;
    }
    let ledger = load.end().await;
    assert_eq!((ledger.unavailable, ledger.cut), (0, 0), "no request failed");
    ledger.check(&fleet, "c").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs PostgreSQL as the backend"]
async fn all_replicas_share_one_rate_limit() {
    let _alone = alone().await;
    let server = server();
    let limits = [("WIDGETD_RATE_LIMIT_MESSAGE", "40/day")];
    let fleet = Fleet::start(&server.url("postgres"), 3, &limits);
    let path = messages_path("c");
    let sends = (0..120).map(|n| fleet.ask(n % 3, Method::POST, &path, Some(message(0))));
    let statuses: Vec<u16> = join_all(sends).await.into_iter().map(|answer| answer.status).collect();
    let count = |status: u16| statuses.iter().filter(|other| **other == status).count();
    // A replica may lack a worker for some of the first messages (503); they count as well.
    assert_eq!((count(201) + count(503), count(429)), (40, 80), "{statuses:?}");
    for replica in 0..3 {
        assert_eq!(fleet.ask(replica, Method::POST, &path, Some(message(0))).await.status, 429);
    }
}
