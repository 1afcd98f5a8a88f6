//! What a worker cannot do.

use std::{
    fs,
    io::{Read as _, Write as _},
    process::{Child, Command, Stdio},
};

use crate::support::{pool, run, works};

#[tokio::test]
async fn a_worker_opens_nothing_starts_nothing_and_signals_no_other_process() {
    let pool = pool(1);
    for forbidden in [
        "read-a-file",
        "create-a-file",
        "list-a-folder",
        "listen",
        "send-a-datagram",
        "start-a-process",
        "start-a-thread",
        "signal-the-service",
    ] {
        assert_eq!(run(&pool, forbidden).await.as_deref(), Ok("PermissionDenied"), "{forbidden}");
        works(&pool).await;
    }
    assert_eq!(pool.stats().started, 1);
}

fn worker() -> Child {
    let mut child = Command::new(env!("CARGO_BIN_EXE_test-worker"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut greeting = [0; 9];
    child.stdout.as_mut().unwrap().read_exact(&mut greeting).unwrap();
    assert_eq!(&greeting, b"wgt-wrk1+", "the kernel filters system calls");
    child
}

#[test]
fn a_worker_is_limited_before_it_announces_itself() {
    let mut child = worker();
    let proc = |name: &str| fs::read_to_string(format!("/proc/{}/{name}", child.id())).unwrap();
    let field = |text: &str, name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(name)).unwrap();
        line.split_whitespace().map(str::to_owned).collect::<Vec<_>>()
    };
    let limits = proc("limits");
    assert_eq!(field(&limits, "Max address space")[..2], ["2147483648", "2147483648"]);
    for name in ["Max core file size", "Max open files", "Max processes", "Max file size"] {
        assert_eq!(field(&limits, name)[..2], ["0", "0"], "{name}");
    }
    // Every thread of it.
    for task in fs::read_dir(format!("/proc/{}/task", child.id())).unwrap() {
        let status = fs::read_to_string(task.unwrap().path().join("status")).unwrap();
        assert_eq!((field(&status, "NoNewPrivs:"), field(&status, "Seccomp:")), (vec!["1".into()], vec!["2".into()]));
    }
    assert_eq!(proc("oom_score_adj").trim(), "1000");
    // proc(5): the 19th field; the second is the name in parentheses.
    let stat = proc("stat");
    let niceness: i32 = stat.rsplit(") ").next().unwrap().split(' ').nth(16).unwrap().parse().unwrap();
    assert!(niceness >= 5, "{stat}");
    drop(child.stdin.take());
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_worker_ends_in_good_order_when_its_stdin_does_and_writes_nothing_but_answers() {
    let mut child = worker();
    child.stdin.as_mut().unwrap().write_all(b"\x01\0\0\x03\xe8\0\0\0\x06echo a").unwrap();
    drop(child.stdin.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty());
    assert_eq!(output.stdout, b"!\0\0\0\0\x01a");
}

#[test]
fn a_malformed_request_ends_a_worker_with_a_message() {
    let mut child = worker();
    child.stdin.as_mut().unwrap().write_all(b"GET / HTTP/1.1\r\n\r\n").unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(!output.status.success() && output.stdout.is_empty());
    assert!(String::from_utf8_lossy(&output.stderr).contains("a request is too long"));
}

#[test]
fn the_message_of_a_panic_leaves_the_sandbox() {
    let mut child = worker();
    child.stdin.as_mut().unwrap().write_all(b"\x01\0\0\x03\xe8\0\0\0\x05panic").unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("as asked"));
}
