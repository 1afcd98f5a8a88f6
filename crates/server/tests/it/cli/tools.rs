//! `migrate` and `openapi`.

use super::process::{Home, run_to_its_end, stderr, stdout};

#[test]
fn migrate_reports_what_it_applied() {
    let home = Home::new();
    let first = home.run(&["migrate"]);
    assert!(first.status.success(), "{first:?}");
    assert!(stdout(&first).lines().all(|line| line.starts_with("Applied ")) && !first.stdout.is_empty(), "{first:?}");
    let second = home.run(&["migrate"]);
    assert!(second.status.success(), "{second:?}");
    assert!(stdout(&second).contains("nothing to apply"), "{second:?}");
}

#[test]
fn an_unavailable_database_is_reported_with_the_name_of_its_variable() {
    let home = Home::new();
    let output = home.run(&["migrate", "--database-url", "sqlite:no/such/folder/x.db"]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(
        stderr(&output).contains("no/such/folder") && stderr(&output).contains("WIDGETD_DATABASE_URL"),
        "{output:?}"
    );
}

#[test]
fn openapi_is_printed_without_a_database() {
    let home = Home::new();
    let output = run_to_its_end(home.command(&["openapi"]).env("WIDGETD_DATABASE_URL", "nonsense"));
    assert!(output.status.success(), "{output:?}");
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"), "{document}");
    assert!(stdout(&output).contains("\n  "), "it is printed for people");
    assert_eq!(home.path().read_dir().unwrap().count(), 0);
}
