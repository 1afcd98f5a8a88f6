use std::{ffi::OsStr, os::unix::ffi::OsStrExt as _};

use super::process::{Home, Service, client, run_to_its_end, stderr};

const VARIABLES: [&str; 16] = [
    "WIDGETD_BIND",
    "WIDGETD_PUBLIC_URL",
    "WIDGETD_WIDGET_ORIGINS",
    "WIDGETD_CORS_ORIGINS",
    "WIDGETD_DATABASE_URL",
    "WIDGETD_READ_DATABASE_URL",
    "WIDGETD_RATE_LIMIT_WRITE",
    "WIDGETD_RATE_LIMIT_LIST",
    "WIDGETD_RATE_LIMIT_MESSAGE",
    "WIDGETD_RATE_LIMIT_PREVIEW",
    "WIDGETD_MESSAGE_RETENTION",
    "WIDGETD_SCHEMA_CHECKER",
    "WIDGETD_MAX_CONNECTIONS",
    "WIDGETD_MAX_REQUESTS_PER_KEY",
    "WIDGETD_BODY_MEMORY",
    "RUST_LOG",
];

#[test]
fn an_invalid_setting_is_named_before_the_service_does_anything() {
    for variable in VARIABLES {
        for value in [OsStr::new("wrong value"), OsStr::new(""), OsStr::from_bytes(b"\xff")] {
            let home = Home::new();
            let output = run_to_its_end(home.command(&["serve"]).env(variable, value));
            assert_eq!(output.status.code(), Some(2), "{variable}={value:?}: {output:?}");
            assert!(stderr(&output).starts_with(&format!("error: {variable} ")), "{variable}={value:?}: {output:?}");
            assert!(output.stdout.is_empty(), "{variable}={value:?}");
            assert_eq!(home.path().read_dir().unwrap().count(), 0, "{variable}={value:?}: a database was made");
        }
    }
}

#[test]
fn a_flag_overrides_its_variable_and_may_be_anywhere() {
    let home = Home::new();
    for arguments in [&["--schema-checker=x", "migrate"][..], &["migrate", "--schema-checker=x"]] {
        let output = run_to_its_end(home.command(arguments).env("WIDGETD_SCHEMA_CHECKER", "valico"));
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {output:?}");
    }
    let output =
        run_to_its_end(home.command(&["migrate", "--schema-checker=valico"]).env("WIDGETD_SCHEMA_CHECKER", "x"));
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn a_misspelled_variable_causes_a_warning() {
    let home = Home::new();
    let output = run_to_its_end(home.command(&["migrate"]).env("WIDGETD_BNID", "127.0.0.1:1"));
    assert!(output.status.success());
    assert!(stderr(&output).contains("WIDGETD_BNID"), "{output:?}");
}

#[tokio::test]
async fn configured_limits_apply() {
    let home = Home::migrated();
    let key = home.new_key();
    let service = home.start_with(&[("WIDGETD_RATE_LIMIT_LIST", "2/day")]);
    let mut statuses = Vec::new();
    for _ in 0..3 {
        let list = client().get(service.url("/api/v1/widget")).bearer_auth(&key);
        statuses.push(list.send().await.unwrap().status().as_u16());
    }
    assert_eq!(statuses, [200, 200, 429]);
}

#[test]
fn both_schema_checkers_can_be_chosen() {
    for checker in ["jsonschema", "valico"] {
        let home = Home::new();
        stop(home.start_with(&[("WIDGETD_SCHEMA_CHECKER", checker)]));
        let log = home.log();
        let events = log.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect(line));
        let listening = events.into_iter().find(|event| event["message"] == "listening").expect("it listened");
        assert_eq!(listening["schema_checker"], checker);
    }
}

#[test]
fn logs_are_json_without_a_terminal_and_follow_the_configured_level() {
    let home = Home::new();
    stop(home.start());
    let log = home.log();
    let events: Vec<serde_json::Value> = log.lines().map(|line| serde_json::from_str(line).expect(line)).collect();
    assert!(events.iter().any(|event| event["message"] == "listening"), "{log}");
    stop(home.start_with(&[("RUST_LOG", "off")]));
    assert_eq!(home.log(), "");
}

#[tokio::test]
async fn no_part_of_a_key_is_ever_logged() {
    let home = Home::new();
    let service = home.start_with(&[("RUST_LOG", "trace")]);
    let key = service.printed.join("\n").split_whitespace().find(|word| word.starts_with("wgt_")).unwrap().to_owned();
    let wrong = format!("{}0", &key[..key.len() - 1]);
    for sent in [&key, &wrong] {
        let status = service.status_with_key(sent).await;
        assert!([200, 401].contains(&status));
        client().get(service.url("/nowhere")).bearer_auth(sent).send().await.unwrap();
    }
    let other = home.new_key();
    assert_eq!(service.status_with_key(&other).await, 200);
    stop(service);
    let log = home.log();
    assert!(log.lines().count() > 20, "a trace is long");
    for secret in [&key, &wrong, &other] {
        assert!(!log.contains(&secret[4..20]), "{log}");
    }
}

fn stop(mut service: Service) {
    service.signal("TERM");
    assert!(service.wait().success());
}
