use std::{
    fs::File,
    time::{Duration, Instant},
};

use super::process::{Home, stderr, stdout};

#[tokio::test]
async fn a_created_key_is_alone_on_stdout_and_works_immediately() {
    let home = Home::new();
    let service = home.start();
    let output =
        home.run(&["key", "create", "--workspace", "acme", "--user", "ann", "--permissions", "WIDGETS_MANAGE"]);
    assert!(output.status.success(), "{output:?}");
    let printed = stdout(&output);
    let key = printed.strip_suffix('\n').unwrap();
    assert!(key.starts_with("wgt_") && !key.contains('\n'), "{printed}");
    assert!(stderr(&output).contains("WIDGETS_MANAGE"), "the permissions are printed for people");
    assert_eq!(service.status_with_key(key).await, 200);
}

#[tokio::test]
async fn a_revoked_key_stops_working_within_a_second() {
    let home = Home::new();
    let service = home.start();
    let key = home.new_key();
    assert_eq!(service.status_with_key(&key).await, 200);

    let listed = stdout(&home.run(&["key", "list", "--workspace", "w"]));
    let id = listed.lines().nth(1).unwrap().split(' ').next().unwrap();
    let output = home.run(&["key", "revoke", id]);
    assert!(output.status.success(), "{output:?}");
    assert!(stdout(&output).contains("is revoked since"));
    let revoked = Instant::now();
    while service.status_with_key(&key).await == 200 {
        assert!(revoked.elapsed() < Duration::from_secs(1), "it still opens");
    }
    assert_eq!(service.status_with_key(&key).await, 401);
}

#[test]
#[cfg(target_os = "linux")]
fn a_key_that_could_not_be_printed_is_revoked() {
    let home = Home::migrated();
    let mut create = home.command(&["key", "create", "--workspace", "w", "--user", "u", "--permissions", ""]);
    let output = create.stdout(File::options().write(true).open("/dev/full").unwrap()).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let message = stderr(&output);
    assert!(message.contains("error: cannot write to stdout") && message.contains("is revoked"), "{message}");
    let listed = stdout(&home.run(&["key", "list"]));
    let [head, row] = listed.lines().collect::<Vec<_>>()[..] else { panic!("{listed}") };
    assert!(row.len() > head.find("REVOKED").unwrap() && !row.ends_with('-'), "{listed}");
}

#[test]
fn a_list_shows_ids_and_no_secrets() {
    let home = Home::migrated();
    let key = home.new_key();
    let output = home.run(&["key", "create", "--workspace", "other", "--user", "u", "--permissions", ""]);
    assert!(output.status.success(), "{output:?}");
    let all = stdout(&home.run(&["key", "list"]));
    assert_eq!(all.lines().count(), 3, "{all}");
    assert!(!all.contains("wgt_") && !all.contains(&key[4..]), "{all}");
    let of_one = stdout(&home.run(&["key", "list", "--workspace", "other"]));
    assert_eq!(of_one.lines().count(), 2, "{of_one}");
    assert!(of_one.contains("key_") && !of_one.contains("WIDGETS_"), "{of_one}");
}

#[test]
fn invalid_key_ids_and_names_are_refused() {
    let home = Home::migrated();
    let unknown = "key_00000000000000000000000000";
    let output = home.run(&["key", "revoke", unknown]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains(&format!("there is no key {unknown}")), "{output:?}");

    for arguments in [
        &["key", "revoke", "wgt_x"][..],
        &["key", "create", "--workspace", "a b", "--user", "u", "--permissions", ""],
        &["key", "create", "--workspace", "w", "--user", "", "--permissions", ""],
        &["key", "create", "--workspace", "w", "--user", "u", "--permissions", "WIDGETS_ADMIN"],
        &["key", "create", "--workspace", "w", "--user", "u"],
        &["key"],
    ] {
        let output = home.run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {output:?}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
    }
}

#[test]
fn a_database_that_is_not_migrated_stays_unchanged_and_the_error_names_what_is_missing() {
    for arguments in [
        &["key", "list"][..],
        &["key", "revoke", "key_00000000000000000000000000"],
        &["key", "create", "--workspace", "w", "--user", "u", "--permissions", ""],
    ] {
        // Separate homes: in a shared one, a change by the first command could hide a later one.
        let home = Home::new();
        home.make_empty();
        for _ in 0..2 {
            let output = home.run(arguments);
            assert_eq!(output.status.code(), Some(1), "{arguments:?}: {output:?}");
            assert!(output.stdout.is_empty(), "{arguments:?}: {output:?}");
            let told = stderr(&output);
            assert!(told.contains("has no tables of this service: run `widgetd migrate`"), "{arguments:?}: {told}");
        }
        let applied = home.run(&["migrate"]);
        assert!(applied.status.success(), "{applied:?}");
        assert!(stdout(&applied).starts_with("Applied 20251122000000\n"), "all was still to be applied: {applied:?}");
        assert!(home.run(&["key", "list"]).status.success());
    }
}
