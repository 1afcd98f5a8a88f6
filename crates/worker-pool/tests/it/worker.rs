//! The worker process without a pool.

use std::{
    io::{Read as _, Write as _},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use crate::support::{COMMANDS, WORKER};

fn worker() -> Child {
    let mut child =
        Command::new(WORKER).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut greeting = [0; 9];
    child.stdout.as_mut().unwrap().read_exact(&mut greeting).unwrap();
    assert_eq!(greeting[..8], *b"wgt-wrk1");
    assert!(matches!(greeting[8], b'+' | b'-'));
    child
}

fn send(child: &mut Child, command: &str, cpu_millis: u32) {
    let mut request = vec![COMMANDS.0];
    request.extend(cpu_millis.to_be_bytes());
    request.extend(u32::try_from(command.len()).unwrap().to_be_bytes());
    request.extend(command.as_bytes());
    child.stdin.as_mut().unwrap().write_all(&request).unwrap();
}

#[test]
fn a_worker_sends_only_answers_and_ends_successfully_when_its_stdin_ends() {
    let mut child = worker();
    send(&mut child, "count", 5_000);
    send(&mut child, "count", 5_000);
    drop(child.stdin.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    assert_eq!(output.stdout, b"!\0\0\0\0\x011!\0\0\0\0\x012");
}

#[test]
fn a_worker_whose_service_died_during_a_job_ends_at_the_jobs_cpu_limit() {
    let mut child = worker();
    send(&mut child, "spin", 200);
    let mut accepted = [0; 1];
    child.stdout.as_mut().unwrap().read_exact(&mut accepted).unwrap();
    assert_eq!(accepted, *b"!");
    drop(child.stdin.take());
    drop(child.stdout.take());
    let start = Instant::now();
    let status = loop {
        match child.try_wait().unwrap() {
            Some(status) => break status,
            None => std::thread::sleep(Duration::from_millis(20)),
        }
        assert!(start.elapsed() < Duration::from_secs(60), "it runs on");
    };
    assert_eq!(status.code(), Some(86));
}

#[test]
fn a_malformed_request_ends_a_worker() {
    let mut child = worker();
    child.stdin.as_mut().unwrap().write_all(b"GET / HTTP/1.1\r\n\r\n").unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(!output.status.success() && output.stdout.is_empty());
    assert!(String::from_utf8_lossy(&output.stderr).contains("a request is too long"));
}
